import { describe, expect, it } from 'vitest';
import { DeskError } from '../../../src/errors/desk-error.js';
import { findClockSkewMs } from '../../../src/platform/remote/create-accounts.js';
import { baseUrlOf } from './test-platform.js';

const HOUR_MS = 3_600_000;
const HTTPS = 'https://api.example';
const BAD_SIGNATURE = 'AK/SK签名校验失败';

function find(clockOffsetMs: number | undefined, code = '10009', msg = BAD_SIGNATURE, url = HTTPS) {
  const error = new DeskError('auth.rejected', {}, { platform: { code, msg } });
  return findClockSkewMs({ error, clockOffsetMs }, baseUrlOf(url));
}

describe('a clock', () => {
  it.each([
    [undefined, undefined],
    [0, undefined],
    [60_000, undefined],
    [-60_000, undefined],
    [60_001, 60_001],
    [-60_001, -60_001],
    [2 * HOUR_MS, 2 * HOUR_MS],
    [24 * HOUR_MS, 24 * HOUR_MS],
    [-24 * HOUR_MS, -24 * HOUR_MS],
    [24 * HOUR_MS + 1, undefined],
    [-48 * HOUR_MS, undefined],
  ])('that is off by %s ms is corrected by %s ms', (offsetMs, correctionMs) => {
    expect(find(offsetMs)).toBe(correctionMs);
  });

  it.each([
    ['https://api.example', true],
    ['http://127.0.0.1:8080', true],
    ['http://localhost', true],
    ['http://[::1]:80', true],
    ['http://api.example', false],
  ])('of %s is believed: %s', (url, isBelieved) => {
    expect(find(HOUR_MS, '10009', BAD_SIGNATURE, url)).toBe(isBelieved ? HOUR_MS : undefined);
  });

  it.each([
    ['10009', BAD_SIGNATURE, true],
    ['10009', '时间戳超出允许范围', true],
    ['10009', '校验失败', true],
    ['10009', '', true],
    ['1004', BAD_SIGNATURE, true],
    ['401', 'timestamp expired', true],
    ['403', 'Signature does not match', true],
    ['10009', '用户不存在', false],
    ['10009', 'AK/SK不存在', false],
    ['10009', 'AK/SK非本人', false],
    ['10009', 'User does not exist', false],
    ['10008', '权限不足', false],
    ['10001', 'internal_error', false],
    ['10003', 'param_incomplete', false],
    ['10011', '调用频次过高', false],
  ])('may be to blame for %s %s: %s', (code, msg, mayBe) => {
    expect(find(HOUR_MS, code, msg)).toBe(mayBe ? HOUR_MS : undefined);
  });

  it('is not to blame where the platform has not spoken', () => {
    const error = new DeskError('auth.rejected', {});
    expect(findClockSkewMs({ error, clockOffsetMs: HOUR_MS }, baseUrlOf(HTTPS))).toBeUndefined();
  });
});
