import { describe, expect, it } from 'vitest';
import { parseKeyFileName } from '../../../src/domain/connect/choose-route.js';

const ZONE = 'Asia/Shanghai';
const TAIL = '_RsaKeyExpireTime_2027-01-31_12-30-00.txt';

describe('the name of a key from the console', () => {
  it.each([
    ['test_zzeshell.scnet.cn', 'test', 'zzeshell.scnet.cn'],
    ['test_1215_zzeshell.scnet.cn', 'test_1215', 'zzeshell.scnet.cn'],
    ['a_b_c_login.example', 'a_b_c', 'login.example'],
    ['_me_login.example', '_me', 'login.example'],
    ['me__login.example', 'me_', 'login.example'],
    ['ac-x.y_login01', 'ac-x.y', 'login01'],
    ['me_10.0.0.7', 'me', '10.0.0.7'],
  ])('%s: user %s, host %s', (head, user, host) => {
    expect(parseKeyFileName(`${head}${TAIL}`, ZONE)).toMatchObject({ user, host });
  });

  it('tells when it expires, by the clock of the platform', () => {
    const { expiresAt } = parseKeyFileName(`me_login.example${TAIL}`, ZONE) ?? {};
    expect(expiresAt).toEqual(new Date('2027-01-31T04:30:00Z'));
    const utc = parseKeyFileName(`me_login.example${TAIL}`, 'UTC');
    expect(utc?.expiresAt).toEqual(new Date('2027-01-31T12:30:00Z'));
  });

  it.each([' (1).txt', '(12).txt'])('may have been saved again by a browser: %s', (end) => {
    const name = `me_login.example${TAIL}`.replace('.txt', end);
    expect(parseKeyFileName(name, ZONE)).toMatchObject({ user: 'me', host: 'login.example' });
  });

  it.each([
    'id_ed25519',
    `login.example${TAIL}`,
    `_login.example${TAIL}`,
    `me_-oProxyCommand=id${TAIL}`,
    `-oProxyCommand=id_login.example${TAIL}`,
    `me_login..example${TAIL}`,
    `a b_login.example${TAIL}`,
    `me_${TAIL}`,
    `me_login.example_RsaKeyExpireTime_2027-02-30_12-30-00.txt`,
    `me_login.example_RsaKeyExpireTime_2027-01-31_24-00-00.txt`,
    `me_login.example_RsaKeyExpireTime_2027-01-31.txt`,
    `me_login.example${TAIL}.gz`,
    `keys/me_login.example${TAIL}`,
    `me_login.example${TAIL}\n`,
    `keys\nme_login.example${TAIL}`,
  ])('is not %j', (name) => {
    expect(parseKeyFileName(name, ZONE)).toBeUndefined();
  });
});
