import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { DeskError } from '../../../src/errors/desk-error.js';
import { idOf } from '../../../src/model/page.js';
import { type Bridge, openBridge } from '../../../src/transport/bridge/open-bridge.js';
import { codeOf } from '../../helpers/code-of.js';
import { eventually } from '../../helpers/eventually.js';
import { enterPage } from '../../helpers/page-session.js';

const PAGE = {
  name: 'gv101:4',
  target: '10.0.41.101:5904',
  sweepAt: '2026-11-25T01:00:00+08:00',
  viewOnly: true,
  fullScreen: false,
  link: 'slow',
  password: null,
} as const;

let bridge: Bridge;
let clients: Duplex[];

beforeEach(async () => {
  clients = [];
  bridge = await open(0);
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await bridge.close();
});

function open(port: number): Promise<Bridge> {
  const onClient = (client: Duplex) => void clients.push(client.on('error', () => {}));
  return openBridge({ port, page: PAGE, language: 'zh', onClient });
}

async function enter(): Promise<{ socket: WebSocket; client: Duplex }> {
  const before = clients.length;
  const { socket } = await enterPage(bridge.issueLink());
  await eventually(() => clients.length > before);
  const client = clients.at(-1);
  if (client === undefined) throw new Error('nobody came');
  return { socket, client };
}

test('every file has its content type and all security headers', async () => {
  const host = `127.0.0.1:${bridge.port}`;
  const types = {
    '/': 'text/html; charset=utf-8',
    '/page.js': 'text/javascript; charset=utf-8',
    '/page.css': 'text/css; charset=utf-8',
    '/icon.svg': 'image/svg+xml',
    '/notices.txt': 'text/plain; charset=utf-8',
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await fetch(`http://${host}${path}`);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': type,
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.has('access-control-allow-origin') || headers.has('set-cookie')).toBe(false);
  }
});

test('the page is in the language of the program', async () => {
  const html = await (await fetch(`http://127.0.0.1:${bridge.port}/`)).text();
  expect(html).toMatch(/^<!doctype html>\n<html lang="zh">/);
});

test('a link returns the session with its keys once, then is rejected', async () => {
  const link = bridge.issueLink();
  const { session, keys } = await enterPage(link);
  const key = expect.stringMatching(/^[\w-]{43}$/);
  expect(session).toEqual({ ...PAGE, keys: { reconnect: key, reload: key } });
  expect(keys.reconnect).not.toBe(keys.reload);
  await expect(enterPage(link)).rejects.toThrow('4001');
});

test('a reconnect returns no keys, a reload returns new ones', async () => {
  const link = bridge.issueLink();
  const { keys } = await enterPage(link);
  expect((await enterPage(link, keys.reconnect)).session.keys).toBeNull();
  const loaded = await enterPage(link, keys.reload);
  expect(Object.values(loaded.keys)).not.toContain(keys.reload);
  expect((await enterPage(link, keys.reload)).session.name).toBe(PAGE.name);
});

test('a page without a valid proof opens no desktop connection', async () => {
  const { host, origin } = new URL(bridge.issueLink());
  for (const message of [
    '',
    `${'A'.repeat(11)} ${'0'.repeat(64)}`,
    'x'.repeat(100_000),
    Buffer.alloc(12),
  ]) {
    const socket = new WebSocket(`ws://${host}/desktop`, ['binary'], { origin });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send(message);
    await closed;
  }
  expect(clients).toEqual([]);
});

test('a flood before the proof closes its connection, opens no desktop connection and blocks no other page', async () => {
  const link = bridge.issueLink();
  const { origin, host, hash } = new URL(link);
  const hello = `${idOf(hash.slice(1))} ${'a'.repeat(64)}`;
  for (let turn = 0; turn < 20; turn += 1) {
    const socket = new WebSocket(`ws://${host}/desktop`, ['binary'], { origin });
    const closed = once(socket, 'close');
    socket.on('error', () => {});
    await once(socket, 'open');
    socket.send(hello);
    // Messages that arrive while the first one is checked are dropped; later ones close the connection.
    while (socket.readyState === WebSocket.OPEN) {
      await new Promise((sent) => socket.send(Buffer.alloc(64 * 1024), sent));
    }
    await closed;
  }
  expect(clients).toEqual([]);
  expect((await enterPage(link)).keys.reload).toHaveLength(43);
});

test('bytes are transferred unchanged in both directions', async () => {
  const { socket, client } = await enter();
  const bytes = Buffer.from([0, 255, 82, 70, 66]);
  client.write(bytes);
  expect((await once(socket, 'message'))[0]).toEqual(bytes);
  socket.send(bytes);
  expect((await once(client, 'data'))[0]).toEqual(bytes);
});

test.each([
  ['the end of the desktop connection', (client: Duplex) => client.end(), 1000, ''],
  ['a lost desktop connection', (client: Duplex) => client.destroy(), 4000, 'tunnel.lost'],
  [
    'a DeskError',
    (client: Duplex) => client.destroy(new DeskError('rfb.timeout', { target: 'x', timeoutMs: 1 })),
    4000,
    'rfb.timeout',
  ],
  [
    'an internal error, which is not disclosed',
    (client: Duplex) => client.destroy(new Error('internal')),
    4000,
    'tunnel.lost',
  ],
])('the page gets the close code of %s', async (_, end, code, reason) => {
  const { socket, client } = await enter();
  const closed = once(socket, 'close');
  end(client);
  const [toldCode, toldReason] = await closed;
  expect([toldCode, String(toldReason)]).toEqual([code, reason]);
});

test.each([
  ['text', 'hello'],
  ['a frame above 1 MiB', Buffer.alloc(1024 * 1024 + 1)],
])('%s closes only its own connection', async (_, message) => {
  const other = await enter();
  const { socket, client } = await enter();
  const [closed, gone] = [once(socket, 'close'), once(client, 'close')];
  client.resume();
  socket.send(message);
  await Promise.all([closed, gone]);
  other.client.write('still here');
  expect(String((await once(other.socket, 'message'))[0])).toBe('still here');
});

test('a ninth page is rejected while eight are connected', async () => {
  const link = bridge.issueLink();
  const { keys } = await enterPage(link);
  for (let count = 1; count < 8; count += 1) await enterPage(link, keys.reconnect);
  await expect(enterPage(link, keys.reconnect)).rejects.toThrow('1013');
  expect(clients).toHaveLength(8);
});

test('a connection with an incomplete request is closed', async () => {
  const socket = connect(bridge.port, '127.0.0.1');
  socket.on('error', () => {}).write('GET / HTTP/1.1\r\nHost: ');
  socket.resume();
  await once(socket, 'close');
});

test('headers above 8 KiB are rejected with 431', async () => {
  const answer = await fetch(`http://127.0.0.1:${bridge.port}/`, {
    headers: { 'x-much': 'x'.repeat(9_000) },
  });
  expect(answer.status).toBe(431);
});

test('close disconnects open pages immediately', async () => {
  const { socket, client } = await enter();
  const idle = connect(bridge.port, '127.0.0.1').on('error', () => {});
  await once(idle, 'connect');
  const closed = once(socket, 'close');
  const ended = bridge.close();
  client.destroy();
  await ended;
  // “Going away”: the page must not connect again.
  expect((await closed)[0]).toBe(1001);
  await expect(fetch(`http://127.0.0.1:${bridge.port}/`)).rejects.toThrow();
});

test('a port in use is reported as tunnel.portTaken', async () => {
  expect(await codeOf(open(bridge.port))).toBe('tunnel.portTaken');
});

test('listens on 127.0.0.1 only', async () => {
  const server = createServer().listen(bridge.port, '127.0.0.2');
  await once(server, 'listening');
  server.close();
});
