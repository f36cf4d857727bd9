import type { Route } from '../../model/endpoint.js';
import type { StatusMessage } from '../../model/status.js';
import {
  initialState,
  reduce,
  type TunnelEvent,
  type TunnelState,
  toProgress,
} from './tunnel-state.js';

export interface TunnelStoreOptions {
  readonly route: Route;
  now(): Date;
  /** Uniform in [0, 1). */
  random(): number;
  /** Told of each change that means something to the user. */
  report(message: StatusMessage): void;
}

/** Holds the state of one tunnel. */
export interface TunnelStore {
  state(): TunnelState;
  dispatch(event: TunnelEvent): void;
  /** Resolves as soon as the state is as wanted; never rejects. */
  until(isWanted: (state: TunnelState) => boolean): Promise<void>;
}

export function createTunnelStore({ route, now, random, report }: TunnelStoreOptions): TunnelStore {
  let state = initialState(route);
  const subscribers = new Set<() => void>();
  reportFrom(undefined);

  function reportFrom(before: TunnelState | undefined): void {
    const message = toProgress(before, state);
    if (message !== undefined) report(message);
  }

  return {
    state: () => state,
    dispatch(event) {
      const before = state;
      state = reduce(before, event, { nowMs: now().getTime(), random: random() });
      reportFrom(before);
      for (const notify of [...subscribers]) notify();
    },
    until: (isWanted) =>
      new Promise((resolve) => {
        const check = () => {
          if (!isWanted(state)) return;
          subscribers.delete(check);
          resolve();
        };
        subscribers.add(check);
        check();
      }),
  };
}
