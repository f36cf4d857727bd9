import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { streamOf } from '../../../src/transport/bridge/socket-stream.js';
import { pageBytesUntilBackpressure } from '../../helpers/flood.js';

const MIB = 1024 * 1024;
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The WebSocket of a page, and its stream on this side, which is not read. */
async function open(lookMs: number): Promise<{ page: WebSocket; stream: Duplex }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  await once(server, 'listening');
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  page.on('error', () => {});
  closers.push(() => page.terminate());
  const [socket] = await once(server, 'connection');
  const stream = streamOf(socket, lookMs).on('error', () => {});
  closers.push(() => stream.destroy());
  if (page.readyState !== WebSocket.OPEN) await once(page, 'open');
  return { page, stream };
}

test.each([
  ['terminates', (page: WebSocket) => page.terminate()],
  // The close frame is queued behind unread data, and a browser does not wait for the reply indefinitely.
  [
    'closes first',
    (page: WebSocket) => {
      page.close();
      page.terminate();
    },
  ],
])('a disconnect is detected while the stream is not read: the page %s', async (_, leave) => {
  const { page, stream } = await open(20);
  await pageBytesUntilBackpressure(page);
  leave(page);
  // Without pings the disconnect would not be detected here.
  if (!stream.closed) await once(stream, 'close');
  expect(stream.readableEnded).toBe(false);
});

test('a page that is not read stays connected and loses no data', async () => {
  const { page, stream } = await open(5);
  let pings = 0;
  page.on('ping', () => {
    pings += 1;
  });
  let given = 0;
  const chunk = Buffer.alloc(256 * 1024);
  for (; given < 4 * MIB; given += chunk.length) page.send(chunk);
  while (pings < 20) await once(page, 'ping');
  expect(stream.closed).toBe(false);
  let got = 0;
  for await (const bytes of stream) {
    got += bytes.length;
    if (got === given) break;
  }
  expect(got).toBe(given);
});

test('a page that is read gets no pings', async () => {
  const { page, stream } = await open(5);
  stream.resume();
  let pings = 0;
  page.on('ping', () => {
    pings += 1;
  });
  for (let turn = 0; turn < 50; turn += 1) {
    page.send(Buffer.alloc(1_000));
    await once(stream, 'data');
  }
  expect(pings).toBe(0);
});
