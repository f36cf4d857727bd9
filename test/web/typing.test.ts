import { expect, test } from 'vitest';
import { changeBetween, keysymsOf, makeTypist } from '../../src/web/typing.js';

test.each([
  ['one character more', 'a', 'ab', 0, 'b'],
  ['nothing new', 'ab', 'ab', 0, ''],
  ['one character less', 'ab', 'a', 1, ''],
  ['a corrected word', 'teh', 'the', 2, 'he'],
  ['deleting a surrogate pair', '😀', '', 1, ''],
])('%s is typed as a change at the end', (_, before, after, deleted, inserted) => {
  expect(changeBetween(before, after)).toEqual({ deleted, inserted });
});

test.each([
  ['a line', 'a\n', [0x61, 0xff0d]],
  ['a tab', '\t', [0xff09]],
  ['Latin-1 by its own code', 'é', [0xe9]],
  ['Chinese by Unicode', '中', [0x0100_4e2d]],
  ['a surrogate pair', '😀', [0x0101_f600]],
])('%s is converted to keysyms', (_, text, keysyms) => {
  expect(keysymsOf(text)).toEqual(keysyms);
});

/** Records what a desktop receives: names of pressed keys, and texts offered to its clipboard. */
function makeDesktop({ isExtended = true, viewOnly = false } = {}) {
  const seen: string[] = [];
  let fetched = () => {};
  const rfb = {
    viewOnly,
    sendKey(keysym: number, code: string, isDown = true) {
      if (isDown) seen.push(code || String.fromCodePoint(keysym % 0x0100_0000));
    },
  };
  const clipboard = {
    isExtended,
    lend(text: string, use: () => void) {
      seen.push(`clipboard: ${text}`);
      use();
      return new Promise<void>((resolve) => {
        fetched = resolve;
      });
    },
  };
  const typist = makeTypist(() => rfb, clipboard);
  return { seen, ...typist, fetch: () => fetched() };
}

test('Chinese is sent through the clipboard in order, and later keys wait for it', async () => {
  const { seen, type, press, fetch } = makeDesktop();
  type({ deleted: 0, inserted: '你好' });
  type({ deleted: 1, inserted: '吗' });
  press(() => seen.push('Enter'));
  type({ deleted: 0, inserted: 'a' });
  expect(seen).toEqual(['clipboard: 你好', 'ShiftLeft', 'Insert']);
  fetch();
  await new Promise(setImmediate);
  expect(seen.slice(3)).toEqual(['Backspace', 'clipboard: 吗', 'ShiftLeft', 'Insert']);
  fetch();
  await new Promise(setImmediate);
  expect(seen.slice(7)).toEqual(['Enter', 'a']);
  press(() => seen.push('at once'));
  expect(seen.at(-1)).toBe('at once');
});

test('Chinese is sent as keysyms if the clipboard supports only Latin-1', () => {
  const { seen, type } = makeDesktop({ isExtended: false });
  type({ deleted: 0, inserted: '你é' });
  expect(seen).toEqual(['你', 'é']);
});

test('nothing is sent in view-only mode', () => {
  const { seen, type } = makeDesktop({ viewOnly: true });
  type({ deleted: 1, inserted: '你a' });
  expect(seen).toEqual([]);
});
