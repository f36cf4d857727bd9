import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { EndingSignal, ProcessContext } from './process-context.js';

export const SIGNAL_EXIT_CODES: Readonly<Record<EndingSignal, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** Longer than `startProcess` may take to end a child. */
const CLOSE_LIMIT_MS = 5_000;

/**
 * The first signal ends the run, the second kills the process. The listener stays installed: libraries with signal
 * handlers exit the process when no other listener is left. An uncaught error ends the run too; those after it are
 * ignored.
 */
export function listenForSignals(
  processContext: Pick<ProcessContext, 'onSignal' | 'onCrash' | 'dieOf' | 'sleep'>,
) {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let crash: { readonly error: unknown } | undefined;
  let expire: (error: unknown) => void = () => {};
  const overdue = new Promise<never>((_, reject) => {
    expire = reject;
  });
  // Usually never rejects.
  overdue.catch(() => {});
  const stopSignals = processContext.onSignal((name) => {
    if (exitCode !== undefined) return processContext.dieOf(name);
    exitCode = SIGNAL_EXIT_CODES[name];
    controller.abort();
  });
  const stopCrashes = processContext.onCrash((error) => {
    if (crash !== undefined) return;
    crash = { error };
    controller.abort();
    void processContext.sleep(CLOSE_LIMIT_MS).then(() => expire(error));
  });
  return {
    /** Aborts at the first signal or uncaught error, to close everything. */
    signal: controller.signal,
    /** 128 + n after a signal. */
    get exitCode() {
      return exitCode;
    },
    /** The first uncaught error. */
    get crash() {
      return crash;
    },
    /** Rejects when resources are still open some time after a crash. */
    overdue,
    /** Ends the run without a signal's exit code. */
    abort: () => controller.abort(),
    stop() {
      stopSignals();
      stopCrashes();
    },
  };
}

/**
 * Whether SIGHUP was ignored at the start (nohup), which Node resets (`PlatformInit` in node.cc). Detected by the
 * variable `_` of bash, zsh and ksh; on Linux also by a write-only stdin, which GNU nohup opens in place of a terminal,
 * and by a parent that ignores SIGHUP.
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

/** A field of a /proc file (proc(5)). */
function readField(file: string, name: string): string {
  try {
    const text = readFileSync(`/proc/${file}`, 'utf8');
    return new RegExp(`^${name}:\\s*(\\w+)`, 'm').exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}
