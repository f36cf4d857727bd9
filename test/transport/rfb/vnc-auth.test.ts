import { expect, test } from 'vitest';
import { encodeVncPasswordFile, encryptVncDes } from '../../../src/transport/rfb/vnc-auth.js';

test('a block is encrypted with the bits of the key reversed', () => {
  // Key 133457799BBCDFF1 and its result are the worked example that every DES text uses; the password is its mirror.
  const password = Buffer.from('c82cea9ed93dfb8f', 'hex');
  const text = Buffer.from('0123456789abcdef', 'hex');
  expect(encryptVncDes(password, text).toString('hex')).toBe('85e813540f0ab405');
});

test('a password file is what vncpasswd -f writes', () => {
  // printf password | tigervncpasswd -f | xxd -p
  expect(encodeVncPasswordFile('password').toString('hex')).toBe('dbd83cfd727a1458');
});

test('only the first 8 bytes of a password count', () => {
  expect(encodeVncPasswordFile('password1')).toEqual(encodeVncPasswordFile('password'));
});
