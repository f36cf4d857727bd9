import { once } from 'node:events';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { openSocketpair } from '../../../src/transport/net/socketpair.js';
import { freePort } from '../../helpers/free-port.js';

test('data written to the far end is read from the near end', async () => {
  const pair = await openSocketpair();
  pair.far.end('words');
  expect((await pair.near.toArray()).join('')).toBe('words');
  const closed = [pair.near, pair.far].map((end) => end.closed || once(end, 'close'));
  pair.near.destroy();
  pair.far.destroy();
  await Promise.all(closed);
});

test('rejects with the reason of an aborted signal', async () => {
  await expect(openSocketpair(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});

test('a foreign connection that arrives first, from the same port of another loopback address, is rejected', async () => {
  const stranger = new Socket().on('error', () => {});
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket;
  vi.spyOn(Socket.prototype, 'connect').mockImplementationOnce(function (this: Socket, ...args) {
    const [{ port }] = [args[0]].flat() as unknown as [{ port: number }];
    void freePort().then((localPort) => {
      const from = (localAddress: string) => ({ host: '127.0.0.1', port, localAddress, localPort });
      connect.call(stranger, from('127.0.0.9'), () => connect.call(this, from('127.0.0.1')));
    });
    return this;
  });
  const { near, far } = await openSocketpair();
  expect(stranger.localPort).toBe(near.localPort);
  expect(far.remoteAddress).toBe('127.0.0.1');
  for (const socket of [near, far, stranger]) socket.destroy();
});
