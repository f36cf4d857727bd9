import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { obfuscatePassword } from '../../../src/transport/viewer/obfuscate-password.js';
import { describeWith } from '../../helpers/real-components.js';

test('only the first eight bytes count', () => {
  expect(obfuscatePassword('12345678')).toEqual(obfuscatePassword('123456789'));
  expect(obfuscatePassword('')).toHaveLength(8);
});

describeWith('tigervncpasswd', 'the real vncpasswd', () => {
  test.each(['a', 'secret', 'secret12', 'longer than eight'])(
    'hides %j the same way',
    (password) => {
      const theirs = execFileSync('tigervncpasswd', ['-f'], { input: `${password}\n` });
      expect(obfuscatePassword(password)).toEqual(theirs);
    },
  );
});
