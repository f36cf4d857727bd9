import { expect, test } from 'vitest';
import { keysymsBetween } from '../../src/web/typing.js';

const BACK_SPACE = 0xff08;

test.each([
  ['one character more', 'a', 'ab', [0x62]],
  ['nothing new', 'ab', 'ab', []],
  ['one character less', 'ab', 'a', [BACK_SPACE]],
  ['a corrected word', 'teh', 'the', [BACK_SPACE, BACK_SPACE, 0x68, 0x65]],
  ['a line', '', 'a\n', [0x61, 0xff0d]],
  ['a tab', '', '\t', [0xff09]],
  ['Latin-1 by its own code', '', 'é', [0xe9]],
  ['Chinese by Unicode', '', '中', [0x0100_4e2d]],
  ['a character of two halves once', '', '😀', [0x0101_f600]],
  ['one of two halves taken back once', '😀', '', [BACK_SPACE]],
])('%s is typed as keysyms', (_, before, after, keysyms) => {
  expect(keysymsBetween(before, after)).toEqual(keysyms);
});
