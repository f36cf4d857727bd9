import type { Route } from '../../model/endpoint.js';
import type { Stage } from '../../model/stage.js';
import { beginLife, nextLife, stageOf, type TunnelEvent, type TunnelLife } from './tunnel-life.js';

export interface FollowOptions {
  readonly route: Route;
  now(): Date;
  /** Uniform in [0, 1). */
  random(): number;
  /** Told of each change that means something to the user. */
  report(stage: Stage): void;
}

/** A tunnel's life as it is lived. */
export interface FollowedLife {
  now(): TunnelLife;
  step(event: TunnelEvent): void;
  /** Resolves as soon as it stands as wanted; never rejects. */
  until(isWanted: (life: TunnelLife) => boolean): Promise<void>;
}

export function followLife({ route, now, random, report }: FollowOptions): FollowedLife {
  let life = beginLife(route);
  const waiting = new Set<() => void>();
  tell(undefined);

  function tell(before: TunnelLife | undefined): void {
    const stage = stageOf(before, life);
    if (stage !== undefined) report(stage);
  }

  return {
    now: () => life,
    step(event) {
      const before = life;
      life = nextLife(before, event, { nowMs: now().getTime(), random: random() });
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
