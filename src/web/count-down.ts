export interface Countdown {
  readonly hours: number;
  readonly minutes: number;
  /** Whether less than ten minutes are left. */
  readonly isSoon: boolean;
}

const MINUTE_MS = 60_000;
const SOON_MS = 10 * MINUTE_MS;

/** What is left until an ISO time, in whole minutes, never less than none; undefined where it is no time. */
export function countDown(iso: string, nowMs: number): Countdown | undefined {
  const leftMs = Math.max(0, Date.parse(iso) - nowMs);
  if (Number.isNaN(leftMs)) return undefined;
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, isSoon: leftMs < SOON_MS };
}

/** How long before the sweep the user is warned, the first time first. */
const WARNINGS_MS = [30 * MINUTE_MS, 10 * MINUTE_MS] as const;

/** How many of the warnings are due; undefined where there is no such time, or it has passed. Pure. */
export function dueWarnings(sweepAt: string, nowMs: number): number | undefined {
  const leftMs = Date.parse(sweepAt) - nowMs;
  if (!(leftMs > 0)) return undefined;
  return WARNINGS_MS.filter((warningMs) => leftMs <= warningMs).length;
}
