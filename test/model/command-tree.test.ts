import { expect, it } from 'vitest';
import { beginsWith } from '../../src/model/command-tree.js';

it.each([
  [['vnc', 'show'], ['vnc'], true],
  [['vnc', 'show'], ['vnc', 'show'], true],
  [['vnc'], ['vnc', 'show'], false],
  [['vnc', 'show'], ['show'], false],
  [['vnc', 'show'], [], true],
  [[], ['vnc'], false],
])('%j begins with %j: %s', (words, start, expected) => {
  expect(beginsWith(words, start)).toBe(expected);
});
