import { expect, it } from 'vitest';
import { lookUpHost } from '../../../src/transport/net/dial.js';
import { findFreePort } from '../../../src/transport/net/listen.js';

it('resolves localhost to 127.0.0.1', async () => {
  const addresses = await lookUpHost('localhost', new AbortController().signal);
  expect(addresses).toContain('127.0.0.1');
});

it('rejects when its signal is already aborted', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(lookUpHost('localhost', signal)).rejects.toThrow('enough');
});

it('findFreePort returns a port number', async () => {
  const { signal } = new AbortController();
  expect(await findFreePort(signal)).toBeGreaterThan(0);
});
