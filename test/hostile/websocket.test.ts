import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authenticateProgram } from '../../src/model/page.js';
import { type Bridge, openBridge } from '../../src/transport/bridge/open-bridge.js';
import { heldBytes } from '../helpers/held-bytes.js';
import { enterPage } from '../helpers/page-session.js';
import { printCount } from '../helpers/print-count.js';
import { ABUSE_CASES, frame } from './websocket-cases.js';

const PAGE = { name: '', target: '', sweepAt: '', viewOnly: false, fullScreen: false };

let bridge: Bridge;
let link: string;
let key: string;

beforeAll(async () => {
  bridge = await openBridge({
    port: 0,
    language: 'en',
    page: { ...PAGE, link: null, password: null },
    // Echoes everything it receives.
    onClient: (client) => void client.on('error', () => {}).pipe(client),
  });
  link = bridge.issueLink();
  key = (await enterPage(link)).keys.reconnect;
});

afterAll(() => {
  printCount('WebSocket abuse cases', 2 * ABUSE_CASES.length);
  return bridge?.close();
});

/** An upgraded connection before authentication; its request is written byte by byte. */
async function upgrade(): Promise<Socket> {
  const { host, origin } = new URL(link);
  const socket = connect(bridge.port, bridge.host);
  socket.on('error', () => {});
  const head = [
    'GET /desktop HTTP/1.1',
    `Host: ${host}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Protocol: binary',
  ];
  for (const character of `${head.join('\r\n')}\r\n\r\n`) socket.write(character);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
  return socket;
}

/** The same after authentication. */
async function enter(): Promise<Socket> {
  const socket = await upgrade();
  const channel = {
    send: (text: string) => socket.write(frame({ opcode: 1, payload: Buffer.from(text) })),
    async receive() {
      const [bytes] = await once(socket, 'data');
      // Without the frame header (RFC 6455 §5.2).
      return String(bytes.subarray(bytes[1] < 126 ? 2 : 4));
    },
  };
  const nonce = randomBytes(32).toString('hex');
  const session = await authenticateProgram(channel, key, { host: new URL(link).host, nonce });
  expect(session).toMatchObject(PAGE);
  return socket;
}

async function echoes(): Promise<string> {
  const { socket } = await enterPage(link, key);
  socket.send(Buffer.from('well'));
  const [answer] = await once(socket, 'message');
  socket.terminate();
  return String(answer);
}

it('there are at least 60 cases', () => {
  expect(ABUSE_CASES.length).toBeGreaterThanOrEqual(60);
});

it.each(ABUSE_CASES.map(({ name, bytes }) => [name, bytes] as const))(
  '%s closes only its own connection, before and after authentication',
  async (_, bytes) => {
    for (const open of [upgrade, enter]) {
      const socket = await open();
      const closed = once(socket, 'close');
      socket.resume().write(bytes);
      await closed;
    }
    expect(await echoes()).toBe('well');
  },
);

it('10,000 pings use less than 4 MiB of memory', async () => {
  const socket = await enter();
  const before = await heldBytes();
  const ping = frame({ opcode: 9, payload: Buffer.alloc(125) });
  for (let count = 0; count < 10_000; count += 1) {
    if (!socket.write(ping)) await once(socket, 'drain');
  }
  expect((await heldBytes()) - before).toBeLessThan(4 * 1024 * 1024);
  expect(await echoes()).toBe('well');
  socket.destroy();
});
