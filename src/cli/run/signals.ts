import type { EndingSignal, World } from './world.js';

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
export function listenForSignals(world: Pick<World, 'onSignal' | 'dieOf'>): Signals {
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
