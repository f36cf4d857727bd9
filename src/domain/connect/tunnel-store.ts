import type { Route } from '../../model/endpoint.js';
import type { Stage } from '../../model/stage.js';
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
  report(stage: Stage): void;
}

/** A tunnel's life as it is lived. */
export interface TunnelStore {
  now(): TunnelState;
  step(event: TunnelEvent): void;
  /** Resolves as soon as it stands as wanted; never rejects. */
  until(isWanted: (life: TunnelState) => boolean): Promise<void>;
}

export function createTunnelStore({ route, now, random, report }: TunnelStoreOptions): TunnelStore {
  let life = initialState(route);
  const waiting = new Set<() => void>();
  tell(undefined);

  function tell(before: TunnelState | undefined): void {
    const stage = toProgress(before, life);
    if (stage !== undefined) report(stage);
  }

  return {
    now: () => life,
    step(event) {
      const before = life;
      life = reduce(before, event, { nowMs: now().getTime(), random: random() });
      tell(before);
      for (const look of [...waiting]) look();
    },
    until: (isWanted) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isWanted(life)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
