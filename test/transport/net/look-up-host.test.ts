import { expect, it } from 'vitest';
import { lookUpHost } from '../../../src/transport/net/dial.js';
import { findFreePort } from '../../../src/transport/net/listen.js';

it('finds the addresses of this machine’s own name for itself', async () => {
  const addresses = await lookUpHost('localhost', new AbortController().signal);
  expect(addresses).toContain('127.0.0.1');
});

it('gives up at once when aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(lookUpHost('localhost', signal)).rejects.toThrow('enough');
});

it('finds a port that is free again afterwards', async () => {
  const { signal } = new AbortController();
  expect(await findFreePort(signal)).toBeGreaterThan(0);
});
