export interface Countdown {
  readonly hours: number;
  readonly minutes: number;
  /** Less than ten minutes left. */
  readonly isSoon: boolean;
}

const MINUTE_MS = 60_000;
const SOON_MS = 10 * MINUTE_MS;

/** The time until an ISO time in whole minutes, at least 0; undefined for an invalid time. */
export function countDown(iso: string, nowMs: number): Countdown | undefined {
  const leftMs = Math.max(0, Date.parse(iso) - nowMs);
  if (Number.isNaN(leftMs)) return undefined;
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, isSoon: leftMs < SOON_MS };
}

/** How long before the sweep the user is warned. */
const WARNINGS_MS = [30 * MINUTE_MS, 10 * MINUTE_MS] as const;

/** The number of warnings due; undefined when the time is invalid or has passed. */
export function dueWarnings(sweepAt: string, nowMs: number): number | undefined {
  const leftMs = Date.parse(sweepAt) - nowMs;
  if (!(leftMs > 0)) return undefined;
  return WARNINGS_MS.filter((warningMs) => leftMs <= warningMs).length;
}
