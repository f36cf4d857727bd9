import fc from 'fast-check';
import { parseBaseUrl } from '../../src/model/base-url.js';
import { formatZonedTime, nextSweepAt, parseLocalTime } from '../../src/model/time.js';
import { parseToken, readTokenClaims, type Token } from '../../src/model/token.js';
import { parseHttpDate } from '../../src/platform/remote/retry.js';
import { property } from './property.js';
import { almost, anyText } from './texts.js';

const visibleAscii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join(
  '',
);
const host = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.ipV6().map((ip) => `[${ip}]`),
  anyText,
  fc.constantFrom('a.cn%2F.evil', '127.1', '0x7f.1', 'A.CN.', 'xn--a', ''),
);
const urlText = fc
  .tuple(
    fc.constantFrom(
      'http://',
      'https://',
      'HTTPS://',
      'http:/',
      'ftp://',
      'javascript:',
      '//',
      ' https://',
    ),
    fc.oneof(
      { arbitrary: fc.constant(''), weight: 4 },
      { arbitrary: fc.constantFrom('a@', 'a:b@', '@', ':@'), weight: 1 },
    ),
    host,
    fc.oneof(
      { arbitrary: fc.constant(''), weight: 2 },
      { arbitrary: fc.integer({ min: -1, max: 70_000 }).map((port) => `:${port}`), weight: 1 },
    ),
    fc.oneof(
      fc.constantFrom(
        '',
        '/',
        '//',
        '/hpc',
        '/hpc/',
        '/../x',
        '/%2e%2e/x',
        '?',
        '#',
        '?a=b',
        '\\x',
        '/a;b',
      ),
      almost('/abc.%2f', 12),
    ),
  )
  .map((parts) => parts.join(''));

const zone = fc.constantFrom(
  'Asia/Shanghai',
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
);
const moment = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2060-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const twoDigits = fc.nat(99).map((value) => String(value).padStart(2, '0'));
const timeText = fc.oneof(
  fc
    .tuple(
      fc.nat(9999),
      twoDigits,
      twoDigits,
      fc.constantFrom(' ', 'T', '  '),
      twoDigits,
      twoDigits,
      twoDigits,
    )
    .map(
      ([year, month, day, gap, hour, minute, second]) =>
        `${String(year).padStart(4, '0')}-${month}-${day}${gap}${hour}:${minute}:${second}`,
    ),
  almost('0123456789-: T', 22),
  moment.map((date) => date.toISOString().slice(0, 19)),
);
const claims = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.record(
    {
      user: fc.jsonValue({ maxDepth: 1 }),
      computeUser: anyText,
      expireTime: fc.oneof(
        fc.double(),
        fc.nat().map(String),
        anyText,
        fc.jsonValue({ maxDepth: 1 }),
      ),
    },
    { requiredKeys: [] },
  ),
);

property(
  'a token is visible ASCII of at most 8 KiB, returned unchanged',
  1_000,
  fc.oneof(
    almost(visibleAscii, 60),
    anyText,
    fc.integer({ min: 8_180, max: 8_200 }).map((length) => 'x'.repeat(length)),
  ),
  (text) => {
    const isToken =
      text.length >= 1 &&
      text.length <= 8_192 &&
      [...text].every((one) => visibleAscii.includes(one));
    return parseToken(text) === (isToken ? text : undefined);
  },
);

property(
  'the claims of any token are valid or undefined',
  1_000,
  fc.oneof(
    claims.map((value) => `e30.${Buffer.from(JSON.stringify(value)).toString('base64url')}.c2ln`),
    fc.base64String(),
    almost(visibleAscii),
  ),
  (text) => {
    const { user, expiresAt } = readTokenClaims(text as Token);
    return (
      (user === undefined || user.length <= 256) &&
      (expiresAt === undefined || Number.isFinite(expiresAt.getTime()))
    );
  },
);

property(
  'an accepted base URL is only an origin and a path, and keeps its origin when extended',
  1_000,
  fc.oneof(urlText, anyText),
  (text) => {
    const base = parseBaseUrl(text);
    if (base === undefined) return true;
    const [asked, joined] = [new URL(text), new URL(`${base}/openapi/v2/desktop/vnc?a=b#c`)];
    const isPlain = asked.username + asked.password + asked.search + asked.hash === '';
    return (
      isPlain &&
      /^https?:$/.test(asked.protocol) &&
      joined.origin === asked.origin &&
      parseBaseUrl(base) === base
    );
  },
);

property(
  'a local time is parsed as the moment at which a clock of the zone shows it',
  800,
  fc.tuple(timeText, zone),
  ([text, timeZone]) => {
    const date = parseLocalTime(text, timeZone);
    if (date === undefined) return true;
    const shown = formatZonedTime(date, timeZone).slice(0, 19);
    const skippedMs = Date.parse(`${shown}Z`) - Date.parse(`${text.replace(' ', 'T')}Z`);
    // DST skips an hour at most.
    return (
      skippedMs >= 0 &&
      skippedMs <= 3_600_000 &&
      Date.parse(formatZonedTime(date, timeZone)) === date.getTime()
    );
  },
);

property(
  'a formatted time parses back to the same moment',
  800,
  fc.tuple(moment, zone),
  ([date, timeZone]) =>
    Date.parse(formatZonedTime(date, timeZone)) === Math.floor(date.getTime() / 1_000) * 1_000,
);

property(
  'the next sweep is at most 25 hours ahead, on the hour or half-hour',
  600,
  fc.tuple(moment, zone, fc.integer({ min: 0, max: 23 })),
  ([now, timeZone, sweepHour]) => {
    const sweepAt = nextSweepAt(now, { timeZone, sweepHour });
    const aheadMs = sweepAt.getTime() - now.getTime();
    return (
      aheadMs > 0 &&
      aheadMs <= 25 * 3_600_000 &&
      /:[03]0:00/.test(formatZonedTime(sweepAt, timeZone))
    );
  },
);

property(
  'an HTTP date is accepted only as IMF-fixdate',
  800,
  fc.oneof(
    moment.map((date) => date.toUTCString()),
    moment.map(String),
    timeText,
    almost('Thu, 02 Feb 2023 04:00:30 GMT', 30),
  ),
  (text) => {
    const date = parseHttpDate(text);
    return date === undefined ? text !== new Date(text).toUTCString() : date.toUTCString() === text;
  },
);
