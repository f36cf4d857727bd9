import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { alwaysQuotePosix, quotePosix, quotePowerShell } from '../../src/model/quote.js';
import { describeWith } from '../helpers/real-components.js';

it.each([
  ['ssh', 'ssh'],
  ['me@login.example:22', 'me@login.example:22'],
  ['ExitOnForwardFailure=yes', 'ExitOnForwardFailure=yes'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['$HOME', "'$HOME'"],
  ['~', "'~'"],
  ['=ls', "'=ls'"],
  ['a\nb', "'a\nb'"],
])('quotes %j for sh as %s', (word, quoted) => {
  expect(quotePosix(word)).toBe(quoted);
});

it('alwaysQuotePosix also quotes a word that needs no quotes', () => {
  expect(alwaysQuotePosix('5904')).toBe("'5904'");
});

it.each([
  ['ssh', 'ssh'],
  ['127.0.0.1:5901', '127.0.0.1:5901'],
  ['-N', "'-N'"],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it''s'"],
  ['it\u2019s', "'it\u2019\u2019s'"],
  ['$env:HOME', "'$env:HOME'"],
  ['a`b', "'a`b'"],
  ['a;b', "'a;b'"],
  ['@x', "'@x'"],
])('quotes %j for PowerShell as %s', (word, quoted) => {
  expect(quotePowerShell(word)).toBe(quoted);
});

const HOSTILE = [
  '',
  ' ',
  "'",
  "''",
  '"',
  '\\',
  '\\\\',
  "\\'",
  '\n',
  '\t',
  'a\nb\n',
  '$(id)',
  '`id`',
  '$HOME',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's, not ours
  '${HOME}',
  '~',
  '~root',
  '*',
  '?',
  '[a]',
  '{a,b}',
  '!!',
  '#x',
  '-n',
  '--',
  '=ls',
  '%1',
  'a=b',
  'a&b|c;d',
  '<x',
  '>x',
  '()',
  '\x1b[31m',
  '会话',
  '🖥',
];

for (const shell of ['dash', 'bash', 'zsh']) {
  describeWith(shell, `in a real ${shell}`, () => {
    // Prints each word followed by NUL.
    const echo = (words: readonly string[]) => {
      const line = `printf '%s\\0' ${words.map(quotePosix).join(' ')}`;
      return execFileSync(shell, ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
    };

    it('quoted hostile words are passed unchanged', () => {
      expect(echo(HOSTILE)).toEqual(HOSTILE);
    });
  });
}
