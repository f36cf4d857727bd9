const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/**
 * How far a clock may differ from the platform's without being wrong: HTTP dates have a resolution of one second and
 * arrive late.
 */
export const CLOCK_TOLERANCE_MS = 60_000;

/** The time of this machine, and chance. */
export interface Clock {
  now(): Date;
  /** Rejects when the signal aborts. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}

/** Parses `90s`, `10m`, `2h` or plain seconds (1 s … 24 h) to milliseconds. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d{1,6})([smh]?)$/.exec(text);
  if (match === null) return undefined;
  const unit = (match[2] || 's') as keyof typeof UNIT_MS;
  const durationMs = Number(match[1]) * UNIT_MS[unit];
  return durationMs > 0 && durationMs <= 24 * UNIT_MS.h ? durationMs : undefined;
}

/** The platform's IANA time zone and the hour of the nightly sweep (0…23). */
export interface PlatformClock {
  readonly timeZone: string;
  readonly sweepHour: number;
}

/** SCNet's; the hour is documented, the zone is inferred. */
export const DEFAULT_CLOCK: PlatformClock = { timeZone: 'Asia/Shanghai', sweepHour: 1 };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export function isTimeZone(name: string): boolean {
  if (name === DEFAULT_CLOCK.timeZone) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // RangeError: unknown zone.
    return false;
  }
}

/** Parses `2023-02-02 11:59:45` as local time of `timeZone`; undefined for anything else. */
export function parseLocalTime(text: string, timeZone: string): Date | undefined {
  const iso = text.replace(' ', 'T');
  if (!/^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(iso)) return undefined;
  const asUtcMs = Date.parse(`${iso}Z`);
  // Date.parse normalises 02-31 and 24:00, which are invalid.
  const isValid = !Number.isNaN(asUtcMs) && new Date(asUtcMs).toISOString().startsWith(iso);
  return isValid ? fromWallClock(asUtcMs, timeZone) : undefined;
}

/** ISO 8601 in seconds with the offset of `timeZone` at that time: `2023-02-02T11:59:45+08:00`. */
export function formatZonedTime(date: Date, timeZone: string): string {
  const offsetMs = offsetAt(date.getTime(), timeZone);
  const wallClock = new Date(date.getTime() + offsetMs).toISOString().slice(0, 19);
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${wallClock}${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** The next nightly sweep. */
export function nextSweepAt(now: Date, clock: PlatformClock): Date {
  const wallClockMs = now.getTime() + offsetAt(now.getTime(), clock.timeZone);
  const midnightMs = Math.floor(wallClockMs / DAY_MS) * DAY_MS;
  const todayMs = midnightMs + clock.sweepHour * 60 * MINUTE_MS;
  return fromWallClock(todayMs > wallClockMs ? todayMs : todayMs + DAY_MS, clock.timeZone);
}

function fromWallClock(wallClockMs: number, timeZone: string): Date {
  // The offset is determined twice, which is right near DST changes too.
  const guessMs = wallClockMs - offsetAt(wallClockMs, timeZone);
  const timeMs = wallClockMs - offsetAt(guessMs, timeZone);
  // A time skipped by DST is interpreted with the offset before the change.
  const isSkipped = timeMs + offsetAt(timeMs, timeZone) !== wallClockMs;
  return new Date(isSkipped ? Math.max(guessMs, timeMs) : timeMs);
}

/** The end of the last daylight saving time in Shanghai (IANA time zone database, file `asia`). */
const SHANGHAI_FIXED_SINCE_MS = Date.UTC(1991, 8, 15);
const SHANGHAI_OFFSET_MS = 8 * 60 * MINUTE_MS;

function offsetAt(timeMs: number, timeZone: string): number {
  // The first Intl zone lookup loads tables, which takes a third of Node's start-up time.
  if (timeZone === 'Asia/Shanghai' && timeMs >= SHANGHAI_FIXED_SINCE_MS) {
    return SHANGHAI_OFFSET_MS;
  }
  // `2/2/2023, GMT+08:00`; `GMT` alone is UTC. Offsets with seconds (local mean time) are not supported.
  const match = /GMT([+-])(\d\d):(\d\d)$/.exec(offsetFormatOf(timeZone).format(timeMs));
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}

/** Cached, since creating one takes 50 times as long as using it. */
const OFFSET_FORMATS = new Map<string, Intl.DateTimeFormat>();

function offsetFormatOf(timeZone: string): Intl.DateTimeFormat {
  const known = OFFSET_FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  OFFSET_FORMATS.set(timeZone, format);
  return format;
}
