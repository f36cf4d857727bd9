import { readdirSync, readFileSync } from 'node:fs';

export interface FoundProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly environment: readonly string[];
}

/** Every process that was started with this `HOME`, and whatever those started; the dead that nobody waits for are not. */
export function processesOf(home: string): readonly FoundProcess[] {
  return allProcesses().filter(({ environment }) => environment.includes(`HOME=${home}`));
}

/** Every process that this user may look into, as proc(5) shows it. */
export function allProcesses(): readonly FoundProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const words = (file: string) =>
        readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').filter(Boolean);
      return [{ pid: Number(pid), argv: words('cmdline'), environment: words('environ') }];
    } catch {
      // It ended meanwhile, or belongs to somebody else.
      return [];
    }
  });
}

/** Process ids of the children of a process, also of those that nobody has waited for yet (proc_pid_stat(5)). */
export function childrenOf(pid: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name before it may have blanks and brackets.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}

/** Ends a process at once; one that ended before is no failure. */
export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
