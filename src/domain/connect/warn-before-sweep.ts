import type { Notice } from '../../model/status.js';

export interface SweepClock {
  now(): Date;
  /** Time of the next nightly sweep. */
  nextSweepAt(): Date;
}

export interface SweepWarningOptions {
  readonly clock: SweepClock;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  report(message: Notice): void;
  readonly signal: AbortSignal;
}

const MINUTE_MS = 60_000;
const WARNINGS_MS = [30 * MINUTE_MS, 10 * MINUTE_MS];

/**
 * Reports `sweepSoon` 30 and 10 minutes before each nightly sweep; skips warnings already past at the start. Checks the
 * clock every minute, because the machine may be suspended.
 *
 * @throws the signal's reason when aborted; never returns.
 */
export async function warnBeforeSweep(options: SweepWarningOptions): Promise<never> {
  const { clock, sleep, report, signal } = options;
  for (;;) {
    const sweepAt = clock.nextSweepAt();
    const leftMs = () => sweepAt.getTime() - clock.now().getTime();
    for (const warningMs of WARNINGS_MS.filter((timeMs) => timeMs < leftMs())) {
      while (leftMs() > warningMs) {
        await sleep(Math.min(leftMs() - warningMs, MINUTE_MS), signal);
      }
      if (leftMs() > 0) report(sweepSoon(sweepAt, clock.now()));
    }
    do {
      await sleep(MINUTE_MS, signal);
    } while (leftMs() > 0);
  }
}

export function sweepSoon(sweepAt: Date, now: Date): Notice {
  const minutes = Math.ceil((sweepAt.getTime() - now.getTime()) / MINUTE_MS);
  return { kind: 'sweepSoon', minutes, sweepAt: sweepAt.toISOString() };
}
