import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../src/transport/bridge/open-bridge.js';
import { openPageSession } from '../helpers/page-session.js';
import { tellCount } from '../helpers/tell-count.js';
import { hosts, type KeyForm, keyForms, METHODS, origins, PATHS } from './bridge-cases.js';

/** Below the 16 sockets that the bridge takes at once. */
const AT_ONCE = 10;
const WISHES = {
  name: 'gv101:4',
  target: '10.0.41.101:5904',
  sweepAt: '2026-11-25T01:00:00+08:00',
  viewOnly: false,
  fullScreen: false,
  link: null,
  password: null,
};

let bridge: Bridge;
let key: string;
let spent: string;
let admitted = 0;

beforeAll(async () => {
  bridge = await openBridge({
    port: 0,
    language: 'en',
    page: WISHES,
    onClient(client) {
      admitted += 1;
      client.on('error', () => {}).destroy();
    },
  });
  const link = bridge.issueLink();
  spent = link.split('#')[1] ?? '';
  key = (await openPageSession(link)).key;
});

afterAll(() => bridge?.close());

/** Sends a request as it is and answers with all that comes back; every refusal ends the connection. */
async function exchange(head: readonly (string | undefined)[]): Promise<string> {
  const socket = connect(bridge.port, bridge.host);
  const lines = head.filter((line) => line !== undefined);
  socket.on('error', () => {}).write(`${lines.join('\r\n')}\r\n\r\n`);
  return text(socket).catch(() => '');
}

const header = (name: string, value: string | undefined) =>
  value === undefined ? undefined : `${name}: ${value}`;

function upgrade(host: string, origin: string | undefined, { path, subprotocols }: KeyForm) {
  return exchange([
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    header('Origin', origin),
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    header('Sec-WebSocket-Protocol', subprotocols),
  ]);
}

async function inTurns<Case>(cases: readonly Case[], run: (one: Case) => Promise<void>) {
  const left = [...cases];
  const work = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await run(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const isBareRefusal = (answer: string) =>
  /^HTTP\/1\.1 403 Forbidden\r\n(?:[\w-]+: [^\r]*\r\n)*content-length: 0\r\n(?:[\w-]+: [^\r]*\r\n)*\r\n$/i.test(
    answer,
  );

it('of 2,688 upgrades with every Host, Origin and key, the one that is right is let in', async () => {
  const { port } = bridge;
  const cases = hosts(port).flatMap((host) =>
    origins(port).flatMap((origin) => keyForms(key, spent).map((form) => ({ host, origin, form }))),
  );
  tellCount('requests × Host × Origin × key to the page', cases.length);
  expect(cases).toHaveLength(2_688);
  const entered: string[] = [];
  const odd: string[] = [];
  await inTurns(cases, async ({ host, origin, form }) => {
    const answer = await upgrade(host, origin, form);
    const name = `${host} | ${origin} | ${form.name}`;
    if (answer.startsWith('HTTP/1.1 101')) entered.push(name);
    else if (!isBareRefusal(answer)) odd.push(`${name}: ${answer.slice(0, 60)}`);
  });
  expect(entered).toEqual([`127.0.0.1:${port} | http://127.0.0.1:${port} | right`]);
  expect(odd).toEqual([]);
  expect(admitted).toBe(1);
}, 180_000);

it('of 1,344 requests with every Host, method and path, only the files of the page are answered', async () => {
  const { port } = bridge;
  const cases = hosts(port).flatMap((host) =>
    METHODS.flatMap((method) => PATHS.map((path) => ({ host, method, path }))),
  );
  tellCount('requests × Host × Origin × key to the page', cases.length);
  expect(cases).toHaveLength(1_344);
  const answered: string[] = [];
  const odd: string[] = [];
  await inTurns(cases, async ({ host, method, path }) => {
    const answer = await exchange([
      `${method} ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: close',
    ]);
    const name = `${method} ${path} ${host}`;
    if (answer.startsWith('HTTP/1.1 200')) answered.push(name);
    else if (!isBareRefusal(answer)) odd.push(`${name}: ${answer.slice(0, 60)}`);
  });
  const host = `127.0.0.1:${port}`;
  expect(answered.toSorted()).toEqual([`GET / ${host}`, `GET /page.js ${host}`]);
  expect(odd).toEqual([]);
}, 180_000);
