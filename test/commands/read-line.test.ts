import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readLine } from '../../src/commands/log-in-by.js';

it.each([
  ['token', 'token'],
  ['token\n', 'token'],
  ['token\r\n', 'token'],
  ['token\n\n', 'token\n'],
  [' token ', ' token '],
  ['\ufefftoken\n', 'token'],
  ['to\ufeffken', 'to\ufeffken'],
  ['to\nken\n', 'to\nken'],
  ['', ''],
])('reads %j as %j', async (piped, line) => {
  expect(await readLine(Readable.from([Buffer.from(piped)]))).toBe(line);
});

it('puts a character together that arrives in two pieces', async () => {
  const bytes = Buffer.from('令');
  expect(await readLine(Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]))).toBe('令');
});

it('reads on to the end, whatever the pieces', async () => {
  const pieces = ['to', '', 'ken', '\r', '\n'].map((piece) => Buffer.from(piece));
  expect(await readLine(Readable.from(pieces))).toBe('token');
});

it('stops reading what has no end', async () => {
  let chunks = 0;
  async function* endless() {
    for (;;) {
      chunks++;
      yield Buffer.alloc(16 * 1024, 'a');
    }
  }
  await readLine(Readable.from(endless()));
  expect(chunks).toBeLessThan(20);
});
