import { describe, expect, it } from 'vitest';
import type { Method } from '../../../src/platform/remote/endpoint.js';
import {
  delayBeforeRetry,
  parseHttpDate,
  parseRetryAfterMs,
} from '../../../src/platform/remote/retry.js';

const MINUTE_MS = 60_000;

interface Left {
  readonly retryAfterMs?: number;
  readonly remainingMs?: number;
  readonly random?: number;
}

describe('the delay before a retry', () => {
  it.each<[Method, number | string, number, Left, number | undefined]>([
    // method, failure, attempt, limits → delay in milliseconds; undefined stops
    ['PUT', 'ECONNREFUSED', 1, {}, 300],
    ['GET', 'ECONNRESET', 1, {}, 300],
    ['DELETE', 'UND_ERR_SOCKET', 1, {}, 300],
    ['GET', 'UND_ERR_CONNECT_TIMEOUT', 1, {}, 300],
    ['GET', 'EAI_AGAIN', 1, {}, 300],
    ['GET', 429, 1, {}, 300],
    ['GET', 502, 1, {}, 300],
    ['PUT', 503, 2, {}, 300],
    ['GET', 504, 1, {}, 300],
    ['GET', 503, 1, { random: 1 }, 2_000],
    ['GET', 503, 2, { random: 1 }, 8_000],
    ['GET', 503, 2, { random: 0.5 }, 4_150],
    ['GET', 503, 1, { retryAfterMs: 5_000 }, 5_000],
    ['GET', 503, 1, { retryAfterMs: 0, random: 1 }, 2_000],
    ['GET', 503, 1, { retryAfterMs: 60_000 }, undefined],
    ['GET', 503, 1, { remainingMs: 300 }, undefined],
    ['GET', 503, 1, { remainingMs: -1 }, undefined],
    ['GET', 503, 3, {}, undefined],
    ['POST', 503, 1, {}, undefined],
    ['POST', 'ECONNREFUSED', 1, {}, undefined],
    ['GET', 200, 1, {}, undefined],
    ['GET', 302, 1, {}, undefined],
    ['GET', 401, 1, {}, undefined],
    ['GET', 408, 1, {}, undefined],
    ['GET', 500, 1, {}, undefined],
    ['GET', 'ENOTFOUND', 1, {}, undefined],
    ['GET', 'UND_ERR_HEADERS_TIMEOUT', 1, {}, undefined],
    ['GET', 'UND_ERR_BODY_TIMEOUT', 1, {}, undefined],
    ['GET', 'CERT_HAS_EXPIRED', 1, {}, undefined],
    ['GET', 'HTTPParserError', 1, {}, undefined],
    ['GET', 'CUT_OFF', 1, {}, undefined],
    ['GET', 'DEADLINE', 1, {}, undefined],
    ['GET', 'TOO_LARGE', 1, {}, undefined],
  ])('%s, %s, try %s, %j → %s', (method, failure, attempt, left, delayMs) => {
    const { retryAfterMs, remainingMs = MINUTE_MS, random = 0 } = left;
    const failed = { method, failure, attempt, retryAfterMs, remainingMs, random: () => random };
    expect(delayBeforeRetry(failed)).toBe(delayMs);
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Thu, 02 Feb 2023 04:00:30 GMT', 30_000],
    ['Thu, 02 Feb 2023 03:00:00 GMT', 0],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e9', undefined],
    ['99999999999', undefined],
    ['soon', undefined],
    ['2023-02-02', undefined],
  ])('%j → %s ms', (text, delayMs) => {
    expect(parseRetryAfterMs(text, new Date('2023-02-02T04:00:00Z'))).toBe(delayMs);
  });
});

it('parses an HTTP date', () => {
  const date = new Date('2023-02-02T04:00:30Z');
  expect(parseHttpDate('Thu, 02 Feb 2023 04:00:30 GMT')).toEqual(date);
});

it.each([
  '',
  '-1',
  '0',
  'now',
  '2023-02-02T04:00:30Z',
  '2023-02-02T04:00:30.000+00:00',
  'Thu, 02 Feb 2023 04:00:30 UTC',
  'Thu, 02 Feb 2023 04:00:30 +0000',
  'Thu, 02 Feb 2023 12:00:30 CST',
  'Fri, 02 Feb 2023 04:00:30 GMT',
  'Thu, 31 Feb 2023 04:00:30 GMT',
  'Thu, 02 Feb 2023 24:00:00 GMT',
  'Thu, 02 Feb 2023 04:00:60 GMT',
  'thu, 02 feb 2023 04:00:30 gmt',
  'Thursday, 02-Feb-23 04:00:30 GMT',
  'Thu Feb  2 04:00:30 2023',
  ' Thu, 02 Feb 2023 04:00:30 GMT',
  'Thu, 02 Feb 20230 04:00:30 GMT',
  'Thu, 02 Feb 2023 04:00:30 GMT, Thu, 02 Feb 2023 04:00:30 GMT',
  '9'.repeat(16_000),
])('rejects any other HTTP date: %j', (text) => {
  expect(parseHttpDate(text)).toBeUndefined();
});
