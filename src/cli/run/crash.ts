import type { ProcessContext } from './process-context.js';

export interface CrashWatch {
  /** What nobody caught, once that has happened. */
  readonly crash: { readonly error: unknown } | undefined;
  /** Rejects when what was open is still not closed some time after a crash. */
  readonly overdue: Promise<never>;
  stop(): void;
}

/** More than a child may take to end (`startProcess`). */
const CLOSE_LIMIT_MS = 5_000;

/**
 * An error that nobody caught ends the run as a signal does: what was opened is closed and waited for, as far as
 * whatever owned it still can. The first one counts; those that follow from it tell nothing new.
 */
export function listenForCrash(
  world: Pick<ProcessContext, 'onCrash' | 'sleep'>,
  abort: () => void,
): CrashWatch {
  let crash: CrashWatch['crash'];
  let giveUp: (error: unknown) => void = () => {};
  const overdue = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  // Most runs end before.
  overdue.catch(() => {});
  const stop = world.onCrash((error) => {
    if (crash !== undefined) return;
    crash = { error };
    abort();
    void world.sleep(CLOSE_LIMIT_MS).then(() => giveUp(error));
  });
  return {
    get crash() {
      return crash;
    },
    overdue,
    stop,
  };
}
