import type { ProcessContext } from './process-context.js';

export interface CrashWatch {
  /** The first uncaught error. */
  readonly crash: { readonly error: unknown } | undefined;
  /** Rejects when resources are still open some time after a crash. */
  readonly overdue: Promise<never>;
  stop(): void;
}

/** Longer than `startProcess` may take to end a child. */
const CLOSE_LIMIT_MS = 5_000;

/** Treats an uncaught error like a signal: closes resources, with a time limit. Ignores errors after the first. */
export function listenForCrash(
  processContext: Pick<ProcessContext, 'onCrash' | 'sleep'>,
  abort: () => void,
): CrashWatch {
  let crash: CrashWatch['crash'];
  let expire: (error: unknown) => void = () => {};
  const overdue = new Promise<never>((_, reject) => {
    expire = reject;
  });
  // Usually never rejects.
  overdue.catch(() => {});
  const stop = processContext.onCrash((error) => {
    if (crash !== undefined) return;
    crash = { error };
    abort();
    void processContext.sleep(CLOSE_LIMIT_MS).then(() => expire(error));
  });
  return {
    get crash() {
      return crash;
    },
    overdue,
    stop,
  };
}
