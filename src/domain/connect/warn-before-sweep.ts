import type { Notice } from '../../model/status.js';

export interface SweepWarningOptions {
  /** Time until the platform's nightly sweep, by the platform's clock, in milliseconds. */
  untilSweepMs(): number;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  report(message: Notice): void;
  readonly signal: AbortSignal;
}

const MINUTE_MS = 60_000;
const WARNINGS_MS = [30 * MINUTE_MS, 10 * MINUTE_MS];

/**
 * Reports `sweepSoon` 30 and 10 minutes before the sweep; a time that was over at the start is left out. Looks at the clock
 * every minute, since a machine may be suspended meanwhile.
 *
 * @throws the signal's reason when it aborts.
 */
export async function warnBeforeSweep(options: SweepWarningOptions): Promise<void> {
  const { untilSweepMs, sleep, report, signal } = options;
  for (const warningMs of WARNINGS_MS.filter((timeMs) => timeMs < untilSweepMs())) {
    for (let waitMs = 1; waitMs > 0; waitMs = untilSweepMs() - warningMs) {
      await sleep(Math.min(waitMs, MINUTE_MS), signal);
    }
    const leftMs = untilSweepMs();
    if (leftMs > 0) report({ kind: 'sweepSoon', minutes: Math.ceil(leftMs / MINUTE_MS) });
  }
}
