import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  formatZonedTime,
  isTimeZone,
  nextSweepAt,
  parseDurationMs,
  parseLocalTime,
} from '../../src/model/time.js';

const NEW_YORK = 'America/New_York';

describe('a local time', () => {
  it.each([
    ['the example of the API page', '2023-02-02 11:59:45', 'Asia/Shanghai', '2023-02-02T03:59:45Z'],
    ['a T separator', '2023-02-02T11:59:45', 'Asia/Shanghai', '2023-02-02T03:59:45Z'],
    ['a leap day', '2024-02-29 00:00:00', 'Asia/Shanghai', '2024-02-28T16:00:00Z'],
    ['UTC', '2023-02-02 11:59:45', 'UTC', '2023-02-02T11:59:45Z'],
    ['a half-hour zone', '2023-02-02 11:59:45', 'Asia/Kolkata', '2023-02-02T06:29:45Z'],
    ['winter', '2024-01-15 12:00:00', NEW_YORK, '2024-01-15T17:00:00Z'],
    ['summer', '2024-07-15 12:00:00', NEW_YORK, '2024-07-15T16:00:00Z'],
    [
      'the hour before the clock goes forward',
      '2024-03-10 01:30:00',
      NEW_YORK,
      '2024-03-10T06:30:00Z',
    ],
    ['the hour skipped by DST', '2024-03-10 02:30:00', NEW_YORK, '2024-03-10T07:30:00Z'],
    [
      'the hour that a clock in the east skips',
      '2024-03-31 02:30:00',
      'Europe/Berlin',
      '2024-03-31T01:30:00Z',
    ],
    [
      'the hour after the clock went forward',
      '2024-03-10 03:30:00',
      NEW_YORK,
      '2024-03-10T07:30:00Z',
    ],
    [
      'a date before standard time, as UTC',
      '1900-01-01 00:00:00',
      'Asia/Shanghai',
      '1900-01-01T00:00:00Z',
    ],
    [
      'the day on which the clock goes back',
      '2024-11-03 03:00:00',
      NEW_YORK,
      '2024-11-03T08:00:00Z',
    ],
  ])('is parsed: %s', (_, text, timeZone, utc) => {
    expect(parseLocalTime(text, timeZone)).toEqual(new Date(utc));
  });

  it.each([
    '',
    'now',
    '2023-02-02',
    '2023-02-31 00:00:00',
    '2023-02-29 00:00:00',
    '2023-13-01 00:00:00',
    '2023-00-01 00:00:00',
    '0000-00-00 00:00:00',
    '0050-01-01 00:00:00',
    '2023-02-02 24:00:00',
    '2023-02-02 11:60:00',
    '2023-02-02 11:59:60',
    '2023-02-02 11:59:45.0',
    '2023-02-02 11:59:45Z',
    ' 2023-02-02 11:59:45',
    '2023-02-02 11:59:45\n',
  ])('is rejected: %j', (text) => {
    expect(parseLocalTime(text, 'Asia/Shanghai')).toBeUndefined();
  });

  it('round-trips through format and parse', () => {
    const years = { min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z') };
    fc.assert(
      fc.property(
        fc.date({ ...years, noInvalidDate: true }),
        fc.constantFrom('Asia/Shanghai', NEW_YORK, 'Europe/Berlin', 'Australia/Lord_Howe'),
        (date, timeZone) => {
          const text = formatZonedTime(date, timeZone).slice(0, 19);
          const again = parseLocalTime(text, timeZone);
          // A time that occurs twice at the end of DST may be parsed as either.
          expect(again && formatZonedTime(again, timeZone).slice(0, 19)).toBe(text);
        },
      ),
    );
  });
});

it.each([
  ['2023-02-02T03:59:45Z', 'Asia/Shanghai', '2023-02-02T11:59:45+08:00'],
  ['2023-02-02T03:59:45.678Z', 'UTC', '2023-02-02T03:59:45+00:00'],
  ['2024-01-15T17:00:00Z', NEW_YORK, '2024-01-15T12:00:00-05:00'],
  ['2024-07-15T17:00:00Z', NEW_YORK, '2024-07-15T13:00:00-04:00'],
  ['2024-01-15T17:00:00Z', 'America/St_Johns', '2024-01-15T13:30:00-03:30'],
  ['2024-01-15T17:00:00Z', 'Asia/Kathmandu', '2024-01-15T22:45:00+05:45'],
])('formats %s in %s as %s', (utc, timeZone, text) => {
  expect(formatZonedTime(new Date(utc), timeZone)).toBe(text);
});

describe('the next sweep', () => {
  it.each([
    ['later today', '2023-02-02T00:30:00+08:00', 1, 'Asia/Shanghai', '2023-02-02T01:00:00+08:00'],
    ['tomorrow', '2023-02-02T12:00:00+08:00', 1, 'Asia/Shanghai', '2023-02-03T01:00:00+08:00'],
    [
      'tomorrow, exactly at the sweep',
      '2023-02-02T01:00:00+08:00',
      1,
      'Asia/Shanghai',
      '2023-02-03T01:00:00+08:00',
    ],
    ['at midnight', '2023-02-02T12:00:00+08:00', 0, 'Asia/Shanghai', '2023-02-03T00:00:00+08:00'],
    [
      'on the next day of the platform',
      '2023-02-02T16:30:00Z',
      1,
      'Asia/Shanghai',
      '2023-02-03T01:00:00+08:00',
    ],
    [
      'at the end of a month',
      '2023-12-31T12:00:00+08:00',
      1,
      'Asia/Shanghai',
      '2024-01-01T01:00:00+08:00',
    ],
    [
      '23 hours off when the clock goes forward',
      '2024-03-09T03:00:00-05:00',
      3,
      NEW_YORK,
      '2024-03-10T03:00:00-04:00',
    ],
    [
      '25 hours off when the clock goes back',
      '2024-11-02T03:00:00-04:00',
      3,
      NEW_YORK,
      '2024-11-03T03:00:00-05:00',
    ],
    [
      'after the hour that the clock skips',
      '2024-03-10T01:59:00-05:00',
      2,
      NEW_YORK,
      '2024-03-10T03:00:00-04:00',
    ],
  ])('is %s', (_, now, sweepHour, timeZone, expected) => {
    expect(nextSweepAt(new Date(now), { timeZone, sweepHour })).toEqual(new Date(expected));
  });

  it('is always in the future, by at most 25 hours', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.date({
            min: new Date('2000-01-01'),
            max: new Date('2040-01-01'),
            noInvalidDate: true,
          }),
          // DST changes of New York and Lord Howe Island.
          fc.date({
            min: new Date('2024-03-09'),
            max: new Date('2024-03-12'),
            noInvalidDate: true,
          }),
          fc.date({
            min: new Date('2024-10-05'),
            max: new Date('2024-10-08'),
            noInvalidDate: true,
          }),
        ),
        fc.integer({ min: 0, max: 3 }),
        fc.constantFrom('Asia/Shanghai', NEW_YORK, 'Australia/Lord_Howe'),
        (now, sweepHour, timeZone) => {
          const leftMs = nextSweepAt(now, { timeZone, sweepHour }).getTime() - now.getTime();
          expect(leftMs).toBeGreaterThan(0);
          expect(leftMs).toBeLessThanOrEqual(25 * 3_600_000);
        },
      ),
    );
  });
});

it('isTimeZone accepts only known zone names', () => {
  expect(['Asia/Shanghai', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

describe('Intl.DateTimeFormat', () => {
  const watch = () => {
    const { DateTimeFormat } = Intl;
    const used = vi.spyOn(DateTimeFormat.prototype as { format: unknown }, 'format', 'get');
    const made = vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function make(...given) {
      return new DateTimeFormat(...given);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    return { used, made };
  };
  const date = (timeZone: string) => {
    const time = parseLocalTime('2023-02-02 11:59:45', timeZone);
    return time && formatZonedTime(time, timeZone);
  };

  it('is created once per time zone', () => {
    const { made } = watch();
    for (let count = 0; count < 10; count += 1) {
      expect(date('Asia/Tokyo')).toBe('2023-02-02T11:59:45+09:00');
    }
    expect(made).toHaveBeenCalledTimes(1);
  });

  it('is not used for Asia/Shanghai', () => {
    const { made, used } = watch();
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(date('Asia/Shanghai')).toBe('2023-02-02T11:59:45+08:00');
    expect([made, used].flatMap((spy) => spy.mock.calls)).toEqual([]);
  });
});

it('the built-in offset of Asia/Shanghai agrees with PRC of the time zone database', () => {
  const shown = (date: Date) => formatZonedTime(date, 'Asia/Shanghai');
  const asked = (date: Date) => formatZonedTime(date, 'PRC');
  expect(shown(new Date('1991-07-01T00:00:00Z'))).toBe('1991-07-01T09:00:00+09:00');
  const [min, max] = [new Date('1985-01-01'), new Date('2100-01-01')];
  const moments = fc.date({ min, max, noInvalidDate: true });
  const near = fc.integer({ min: -100_000, max: 100_000 }).map((apartMs) => {
    return new Date(Date.UTC(1991, 8, 14, 17) + apartMs);
  });
  fc.assert(fc.property(fc.oneof(moments, near), (date) => shown(date) === asked(date)));
});

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['45', 45_000],
    ['1', 1_000],
    ['24h', 86_400_000],
    ['86400', 86_400_000],
  ])('%s is %i ms', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs);
  });

  it.each([
    '',
    '0',
    '0s',
    '-1',
    '1.5h',
    '1d',
    '10 m',
    'm',
    '25h',
    '86401',
    '1h30m',
    '1e3',
    '٣',
    '1S',
  ])('%j is rejected', (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  });
});
