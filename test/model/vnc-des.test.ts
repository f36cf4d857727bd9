import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { encryptVncDes, hideVncPassword } from '../../src/model/vnc-des.js';
import { describeWith } from '../helpers/real-components.js';

const hide = (password: string) => hideVncPassword(Buffer.from(password));

test('a block is encrypted with the bits of each key byte reversed', () => {
  // The usual worked example of DES, with key 133457799BBCDFF1; the password has the bits of each byte reversed.
  const password = Buffer.from('c82cea9ed93dfb8f', 'hex');
  const text = Buffer.from('0123456789abcdef', 'hex');
  expect(encryptVncDes(password, text).toString('hex')).toBe('85e813540f0ab405');
});

test('a password is obfuscated like vncpasswd -f', () => {
  // printf password | tigervncpasswd -f | xxd -p
  expect(hide('password').toString('hex')).toBe('dbd83cfd727a1458');
});

test('only the first 8 bytes of a password count', () => {
  expect(hide('password1')).toEqual(hide('password'));
  expect(hide('')).toHaveLength(8);
});

describeWith('tigervncpasswd', 'the real vncpasswd', () => {
  test.each(['a', 'secret', 'secret12', 'longer than eight'])(
    'obfuscates %j the same way',
    (password) => {
      const theirs = execFileSync('tigervncpasswd', ['-f'], { input: `${password}\n` });
      expect(hide(password)).toEqual(theirs);
    },
  );
});
