const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long before the sweep the user is warned, in minutes. */
const WARNINGS = [30, 10];

/**
 * Whole minutes until the next nightly sweep; undefined for an invalid time. A page may stay open for several nights.
 *
 * @param sweepAt - ISO time of one sweep; the others are a whole number of days later.
 */
export function minutesToSweep(sweepAt: string, nowMs: number): number | undefined {
  const leftMs = Date.parse(sweepAt) - nowMs;
  if (Number.isNaN(leftMs)) return undefined;
  return Math.ceil((leftMs > 0 ? leftMs : DAY_MS + (leftMs % DAY_MS)) / MINUTE_MS);
}

/** The number of warnings due for tonight. */
export function dueWarnings(minutes: number): number {
  return WARNINGS.filter((warning) => minutes <= warning).length;
}
