import { readdirSync, readFileSync } from 'node:fs';

export interface FoundProcess {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly environment: readonly string[];
}

/** All processes with this `HOME` in their environment, including descendants but not zombies. */
export function processesOf(home: string): readonly FoundProcess[] {
  return allProcesses().filter(({ environment }) => environment.includes(`HOME=${home}`));
}

/** All processes that this user may inspect in proc(5). */
export function allProcesses(): readonly FoundProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const words = (file: string) =>
        readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0').filter(Boolean);
      return [{ pid: Number(pid), argv: words('cmdline'), environment: words('environ') }];
    } catch {
      // It has exited, or belongs to another user.
      return [];
    }
  });
}

/** Pids of the children of a process, including zombies (proc_pid_stat(5)). */
export function childrenOf(pid: number): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((child) => parentOf(child) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    // The preceding name may contain blanks and parentheses.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    // It has exited.
    return undefined;
  }
}

/** Sends SIGKILL; ignores a process that has already exited. */
export function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
