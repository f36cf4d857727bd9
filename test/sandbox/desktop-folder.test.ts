import { expect, test } from 'vitest';
import { encodeXauthority } from '../../src/sandbox/xvnc.js';

test('an Xauthority record has the layout of libXau', () => {
  const cookie = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  expect(encodeXauthority(cookie).toString('hex')).toBe(
    `ffff00000000${'0012'}${Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex')}${'0010'}${cookie.toString('hex')}`,
  );
});
