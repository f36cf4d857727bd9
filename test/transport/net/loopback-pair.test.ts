import { once } from 'node:events';
import { expect, test } from 'vitest';
import { openLoopbackPair } from '../../../src/transport/net/loopback-pair.js';

test('what is written at the far end is read at the near one', async () => {
  const pair = await openLoopbackPair(new AbortController().signal);
  if (pair === undefined) throw new Error('no pair');
  pair.far.end('words');
  expect((await pair.near.toArray()).join('')).toBe('words');
  const closed = [pair.near, pair.far].map((end) => end.closed || once(end, 'close'));
  pair.near.destroy();
  pair.far.destroy();
  await Promise.all(closed);
});

test('there is none when it is called off', async () => {
  expect(await openLoopbackPair(AbortSignal.abort())).toBeUndefined();
});
