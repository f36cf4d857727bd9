import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { IpAddress, Port } from '../../../src/model/endpoint.js';
import { CLOSE_CODES } from '../../../src/model/page.js';
import type { Forward } from '../../../src/transport/forward/open-forward.js';
import { openForward } from '../../../src/transport/forward/open-forward.js';
import { bytesUntilBackpressure, pageBytesUntilBackpressure } from '../../helpers/flood.js';
import { heldBytes } from '../../helpers/held-bytes.js';
import { enterPage } from '../../helpers/page-session.js';

const MIB = 1024 * 1024;
const GREETING = 'RFB 003.008\n';
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A desktop that sends the greeting and a page, connected through a forward. */
async function join(): Promise<{ desktop: Socket; page: WebSocket; forward: Forward }> {
  const server: Server = createServer((socket) => socket.on('error', () => {}).write(GREETING));
  server.listen(0, '127.0.0.1');
  closers.push(() => server.close());
  const [[accepted], forward] = await Promise.all([
    once(server, 'connection'),
    once(server, 'listening').then(() => openPage(server)),
  ]);
  closers.push(forward.close);
  const link = forward.address.kind === 'web' ? forward.address.url : '';
  const { socket: page } = await enterPage(link);
  closers.push(
    () => page.terminate(),
    () => accepted.destroy(),
  );
  expect(String((await once(page, 'message'))[0])).toBe(GREETING);
  return { desktop: accepted, page, forward };
}

function openPage(server: Server) {
  const target = {
    host: '127.0.0.1' as IpAddress,
    port: (server.address() as AddressInfo).port as Port,
  };
  const options = { viewOnly: false, fullScreen: false, link: null, password: null };
  return openForward(
    {
      route: { kind: 'direct', target },
      listen: {
        kind: 'web',
        port: 0,
        language: 'en',
        page: { name: '', target: '', sweepAt: '', ...options },
      },
      mayAsk: false,
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    },
    { environment: process.env, platform: process.platform },
  );
}

test('close sends “going away” to the page, so that it does not reconnect to another program on that port', async () => {
  const { page, forward } = await join();
  const closed = once(page, 'close');
  await forward.close();
  expect((await closed)[0]).toBe(CLOSE_CODES.goingAway);
});

test('a stalled page stops the desktop without buffering in this process', async () => {
  const { desktop, page } = await join();
  page.pause();
  const before = await heldBytes();
  const chunk = Buffer.alloc(256 * 1024);
  const carried = () => desktop.bytesWritten - desktop.writableLength;
  const bytes = await bytesUntilBackpressure(
    () => desktop.writableLength < MIB && desktop.write(chunk),
    carried,
  );
  // The kernel buffers of both connections count here.
  expect(bytes).toBeLessThan(64 * MIB);
  expect((await heldBytes()) - before).toBeLessThan(4 * MIB);
});

test('a stalled desktop stops the page without buffering in this process', async () => {
  const { desktop, page } = await join();
  desktop.pause();
  const before = await heldBytes();
  expect(await pageBytesUntilBackpressure(page)).toBeLessThan(64 * MIB);
  expect((await heldBytes()) - before).toBeLessThan(4 * MIB);
});
