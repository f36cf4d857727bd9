import { expect, test } from 'vitest';
import { checkPasswordLogin, checkSignedLogin } from '../../src/sandbox/account.js';

const ACCOUNT = {
  user: 'test',
  clusterUser: 'test_1215',
  userId: '1',
  password: 'word',
  orgId: 'org',
  accessKey: '0123456789abcdef0123456789abcdef',
  secretKey: 'fedcba9876543210fedcba9876543210',
};
const NOW_S = 1764597591;
// printf '{"accessKey":"0123…","timestamp":"1764597591","user":"test"}' | openssl dgst -sha256 -hmac fedc…
const SIGNED = {
  user: 'test',
  accesskey: ACCOUNT.accessKey,
  timestamp: String(NOW_S),
  signature: '96fed307a8b151e96638896dc305fad1f4eb7b507defabeaac2453b345467434',
};

type Headers = Readonly<Record<string, string>>;
const signedLogin = (headers: Headers, nowS = NOW_S) =>
  checkSignedLogin(ACCOUNT, (name) => headers[name], new Date(nowS * 1000));
const passwordLogin = (headers: Headers) => checkPasswordLogin(ACCOUNT, (name) => headers[name]);

test('a signature made by openssl is accepted', () => {
  expect(signedLogin(SIGNED)).toBeUndefined();
});

test.each([-300, 300])('a clock that is off by %i s is accepted', (skewS) => {
  expect(signedLogin(SIGNED, NOW_S + skewS)).toBeUndefined();
});

test.each([-301, 301])('a clock that is off by %i s is rejected with 10009', (skewS) => {
  expect(signedLogin(SIGNED, NOW_S + skewS)).toMatchObject({
    code: '10009',
    msg: '时间戳超出允许范围',
  });
});

test.each<[string, Headers, string, string]>([
  [
    'another signature',
    { ...SIGNED, signature: SIGNED.signature.replace(/^./, 'x') },
    '10009',
    'AK/SK签名校验失败',
  ],
  [
    'an upper-case signature',
    { ...SIGNED, signature: SIGNED.signature.toUpperCase() },
    '10009',
    'AK/SK签名校验失败',
  ],
  [
    'a timestamp other than the signed one',
    { ...SIGNED, timestamp: String(NOW_S + 1) },
    '10009',
    'AK/SK签名校验失败',
  ],
  ['an unknown user', { ...SIGNED, user: 'ann' }, '10009', '用户不存在'],
  ['an unknown access key', { ...SIGNED, accesskey: 'x' }, '10009', 'AK/SK不存在'],
  ['no signature', { ...SIGNED, signature: '' }, '10003', 'param_incomplete'],
  ['a timestamp that is not a number', { ...SIGNED, timestamp: 'now' }, '10004', '参数无效'],
])('a signed login with %s is rejected', (_, headers, code, msg) => {
  expect(signedLogin(headers)).toEqual({ code, msg, data: null });
});

test('the right password and organisation are accepted', () => {
  expect(passwordLogin({ user: 'test', password: 'word', orgid: 'org' })).toBeUndefined();
});

test.each<[string, Headers, string]>([
  ['a wrong password', { user: 'test', password: 'x', orgid: 'org' }, '10009'],
  ['a wrong organisation', { user: 'test', password: 'word', orgid: 'x' }, '10009'],
  ['an unknown user', { user: 'ann', password: 'word', orgid: 'org' }, '10009'],
  ['no organisation', { user: 'test', password: 'word' }, '10003'],
])('a password login with %s is rejected', (_, headers, code) => {
  expect(passwordLogin(headers)?.code).toBe(code);
});
