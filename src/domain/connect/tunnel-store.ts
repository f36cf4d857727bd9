import type { Route } from '../../model/endpoint.js';
import type { StatusMessage } from '../../model/status.js';
import type { Clock } from '../../model/time.js';
import {
  initialState,
  reduce,
  type TunnelEvent,
  type TunnelState,
  toProgress,
} from './tunnel-state.js';

export interface TunnelStoreOptions extends Pick<Clock, 'now' | 'random'> {
  readonly route: Route;
  /** Called for each transition that concerns the user. */
  report(message: StatusMessage): void;
}

export type TunnelStore = ReturnType<typeof createTunnelStore>;

/** Holds a tunnel's state. */
export function createTunnelStore({ route, now, random, report }: TunnelStoreOptions) {
  let state = initialState(route);
  const subscribers = new Set<() => void>();
  reportFrom(undefined);

  function reportFrom(before: TunnelState | undefined): void {
    const message = toProgress(before, state);
    if (message !== undefined) report(message);
  }

  return {
    state: (): TunnelState => state,
    dispatch(event: TunnelEvent): void {
      const before = state;
      state = reduce(before, event, { nowMs: now().getTime(), random: random() });
      reportFrom(before);
      for (const notify of [...subscribers]) notify();
    },
    /** Resolves when the state matches; never rejects. */
    until: (matches: (state: TunnelState) => boolean) =>
      new Promise<void>((resolve) => {
        const check = () => {
          if (!matches(state)) return;
          subscribers.delete(check);
          resolve();
        };
        subscribers.add(check);
        check();
      }),
  };
}
