import { setImmediate } from 'node:timers/promises';

/** A clock that moves only through `sleep` and `advance`, so that hours pass at once. */
export interface ManualClock {
  now(): Date;
  advance(durationMs: number): void;
  /** Advances the clock at once and yields to pending work; rejects when the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Every sleep so far, in milliseconds. */
  readonly slept: readonly number[];
}

export function createManualClock(start = '2026-05-01T04:00:00Z'): ManualClock {
  let nowMs = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => new Date(nowMs),
    advance(durationMs) {
      nowMs += durationMs;
    },
    async sleep(durationMs, signal) {
      signal?.throwIfAborted();
      slept.push(durationMs);
      nowMs += durationMs;
      await setImmediate();
      signal?.throwIfAborted();
    },
  };
}
