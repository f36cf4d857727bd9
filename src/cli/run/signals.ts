import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { EndingSignal, ProcessContext } from './process-context.js';

export const SIGNAL_EXIT_CODES: Readonly<Record<EndingSignal, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

export interface Signals {
  /** Aborts at the first signal, so that everything opened is closed and waited for. */
  readonly signal: AbortSignal;
  /** 128 + n once a signal came. */
  readonly exitCode: number | undefined;
  /** Ends the run from within, without an exit code of its own. */
  abort(): void;
  stop(): void;
}

/**
 * The first signal asks the run to end, the second one ends the process at once. The listener stays in place between
 * them: libraries that watch signals too would end the process themselves if theirs were the only one left.
 */
export function listenForSignals(world: Pick<ProcessContext, 'onSignal' | 'dieOf'>): Signals {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const stop = world.onSignal((name) => {
    if (exitCode !== undefined) return world.dieOf(name);
    exitCode = SIGNAL_EXIT_CODES[name];
    controller.abort();
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    abort: () => controller.abort(),
    stop,
  };
}

/**
 * Whether the program was started with hang-ups ignored, as by nohup. Node itself forgets it (`PlatformInit` in its
 * node.cc restores the default), so it is told by the traces that are left: the name under which bash, zsh and ksh started
 * it (`_`); on Linux also stdin for writing only, which GNU's nohup puts in place of a terminal, and a parent that
 * ignores hang-ups itself.
 */
export function isHangUpIgnored({
  env,
  ppid,
  platform,
}: Pick<NodeJS.Process, 'env' | 'ppid' | 'platform'>): boolean {
  if (basename(env._ ?? '') === 'nohup') return true;
  if (platform !== 'linux') return false;
  const openFlags = Number.parseInt(readField('self/fdinfo/0', 'flags'), 8);
  const ignoredSignals = Number.parseInt(readField(`${ppid}/status`, 'SigIgn').slice(-1), 16);
  return (openFlags & 0o3) === 0o1 || (ignoredSignals & 1) === 1;
}

/** See proc(5). */
function readField(file: string, name: string): string {
  try {
    const text = readFileSync(`/proc/${file}`, 'utf8');
    return new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}
