import { expect, test } from 'vitest';
import { parseToken, readTokenClaims } from '../../src/model/token.js';
import { createTokenIssuer } from '../../src/sandbox/tokens.js';

const HOUR_MS = 3_600_000;
const CLAIMS = {
  computeUser: 'test_1215',
  user: 'test',
  userId: '11655048541',
  accountStatus: 'Normal',
  role: '1',
  creator: 'ac',
  clusterId: '11250',
};

function openIssuer() {
  const clock = { nowMs: Date.UTC(2026, 0, 1) };
  const now = () => new Date(clock.nowMs);
  const issuer = createTokenIssuer(Buffer.from('key'), 24 * HOUR_MS, now);
  return { issuer, clock, token: issuer.issue(CLAIMS) };
}

test('a token is a JWT with the documented claims', () => {
  const [header, payload] = openIssuer().token.split('.');
  const decode = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(decode(header)).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(decode(payload)).toEqual({ ...CLAIMS, expireTime: '1767312000000' });
});

test('the claims of a token can be read by readTokenClaims', () => {
  const token = parseToken(openIssuer().token);
  expect(token && readTokenClaims(token)).toEqual({
    user: 'test',
    clusterUser: 'test_1215',
    clusterId: '11250',
    accountStatus: 'Normal',
    expiresAt: new Date('2026-01-02T00:00:00Z'),
  });
});

test('a token is valid until it expires', () => {
  const { issuer, clock, token } = openIssuer();
  clock.nowMs += 24 * HOUR_MS - 1;
  expect(issuer.check(token)).toMatchObject(CLAIMS);
  clock.nowMs += 1;
  expect(issuer.check(token)).toBeUndefined();
});

test.each([
  ['an empty token', () => ''],
  [
    'a token with another signature',
    (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
  ],
  ['a token with modified claims', (token: string) => token.replace('.', '.x')],
  ['text that is not a JWT', () => 'token'],
])('%s is rejected', (_, forge) => {
  const { issuer, token } = openIssuer();
  expect(issuer.check(forge(token))).toBeUndefined();
  expect(issuer.renew(forge(token))).toBeUndefined();
});

test('an expired token can be renewed for 24 hours and no longer', () => {
  const { issuer, clock, token } = openIssuer();
  clock.nowMs += 48 * HOUR_MS - 1;
  expect(issuer.check(issuer.renew(token) ?? '')).toMatchObject(CLAIMS);
  clock.nowMs += 1;
  expect(issuer.renew(token)).toBeUndefined();
});
