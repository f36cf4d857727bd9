import { expect, test } from 'vitest';
import { createLineTail } from '../../../src/transport/process/start-process.js';

function tailOf(...chunks: readonly (string | Buffer)[]): string {
  const tail = createLineTail();
  for (const chunk of chunks) tail.push(Buffer.from(chunk));
  return tail.text();
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`).join('\n');

test('nothing came, nothing is kept', () => expect(tailOf()).toBe(''));
test('lines split over chunks are put together', () =>
  expect(tailOf('on', 'e\ntw', 'o\n')).toBe('one\ntwo'));
test('a last line without its break counts', () => expect(tailOf('one\ntwo')).toBe('one\ntwo'));
test('only the last 20 lines are kept', () =>
  expect(tailOf(`${numbers(1, 99)}\n`)).toBe(numbers(80, 99)));
test('a character split over chunks stays whole', () => {
  const bytes = Buffer.from('节点');
  expect(tailOf(bytes.subarray(0, 2), bytes.subarray(2))).toBe('节点');
});
test('a line without end is cut to 64 Ki characters', () => {
  expect(tailOf('x'.repeat(100_000), 'y'.repeat(100_000))).toBe('y'.repeat(65_536));
});
