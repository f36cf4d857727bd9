import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Bridge, openBridge } from '../../src/transport/bridge/open-bridge.js';
import { IS_DEEP } from '../helpers/deep.js';
import { enterPage } from '../helpers/page-session.js';
import { printCount } from '../helpers/print-count.js';
import {
  hellos,
  hosts,
  METHODS,
  origins,
  PATHS,
  type UpgradeForm,
  upgradeForms,
  wrongProofs,
} from './bridge-cases.js';

/** Below the 16 sockets that the bridge accepts at once. */
const AT_ONCE = 10;
const PAGE = {
  name: 'gv101:4',
  target: '10.0.41.101:5904',
  sweepAt: '2026-11-25T01:00:00+08:00',
  viewOnly: false,
  fullScreen: false,
  link: null,
  password: null,
};

let bridge: Bridge;
let link: string;
let key: string;
let spent: string;
let admitted = 0;

beforeAll(async () => {
  bridge = await openBridge({
    port: 0,
    language: 'en',
    page: PAGE,
    onClient(client) {
      admitted += 1;
      client.on('error', () => {}).destroy();
    },
  });
  link = bridge.issueLink();
  spent = link.split('#')[1] ?? '';
  key = (await enterPage(link)).keys.reconnect;
});

beforeEach(() => {
  admitted = 0;
});

afterAll(() => bridge?.close());

/** Sends a raw request and returns the response, up to the close or the upgrade to a WebSocket. */
async function exchange(head: readonly (string | undefined)[]): Promise<string> {
  const socket = connect(bridge.port, bridge.host);
  const lines = head.filter((line) => line !== undefined);
  socket.on('error', () => {}).write(`${lines.join('\r\n')}\r\n\r\n`);
  let answer = '';
  socket.setEncoding('latin1').on('data', (piece) => {
    answer += piece;
    if (answer.startsWith('HTTP/1.1 101') && answer.includes('\r\n\r\n')) socket.destroy();
  });
  await once(socket, 'close');
  return answer;
}

const header = (name: string, value: string | undefined) =>
  value === undefined ? undefined : `${name}: ${value}`;

function upgrade(host: string, origin: string | undefined, { path, subprotocols }: UpgradeForm) {
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

/** Selects every combination in a deep run, otherwise those with at most one wrong part. */
const fewWrong = (...isRight: readonly boolean[]) =>
  IS_DEEP || isRight.filter((right) => !right).length <= 1;

it('only the upgrade with the right Host, Origin and form becomes a WebSocket', async () => {
  const { port } = bridge;
  const cases = hosts(port)
    .flatMap((host) =>
      origins(port).flatMap((origin) => upgradeForms(key).map((form) => ({ host, origin, form }))),
    )
    .filter(({ host, origin, form }) =>
      fewWrong(host === hosts(port)[0], origin === origins(port)[0], form.name === 'right'),
    );
  printCount('page requests × Host × Origin × form', cases.length);
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
  expect(admitted).toBe(0);
});

it('only GET requests for the page’s files with the right Host are answered', async () => {
  const { port } = bridge;
  const cases = hosts(port)
    .flatMap((host) => METHODS.flatMap((method) => PATHS.map((path) => ({ host, method, path }))))
    .filter(({ host, method, path }) =>
      fewWrong(host === hosts(port)[0], method === METHODS[0], PATHS.slice(0, 2).includes(path)),
    );
  printCount('page requests × Host × Origin × form', cases.length);
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
});

/** Sends each message after the answer to the previous one; returns the last answer and the close code. */
async function talk(...messages: ((answer: string) => string)[]) {
  const { host, origin } = new URL(link);
  const socket = new WebSocket(`ws://${host}/desktop`, ['binary'], { origin });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  let answer = '';
  for (const next of messages) {
    const answered = once(socket, 'message').then(([bytes]) => String(bytes));
    socket.send(next(answer));
    const got = await Promise.race([answered, closed.then(() => undefined)]);
    if (got === undefined) return { answer: undefined, code: (await closed)[0] };
    answer = got;
  }
  socket.terminate();
  return { answer, code: undefined };
}

it('a page without a valid key ID gets no answer, and one without a valid proof gets no further message', async () => {
  const [right, ...wrong] = hellos(key, spent);
  expect((await talk(() => right[1])).answer).toMatch(/^[\da-f]{64} [\da-f]{64}$/);
  for (const [name, hello] of wrong) expect((await talk(() => hello)).answer, name).toBeUndefined();
  for (const [name] of wrongProofs('')) {
    const proofIn = (answer: string) =>
      wrongProofs(answer.split(' ')[1] ?? '').find(([other]) => other === name)?.[1] ?? '';
    expect((await talk(() => right[1], proofIn)).answer, name).toBeUndefined();
  }
  expect(admitted).toBe(0);
  await enterPage(link, key);
  expect(admitted).toBe(1);
});
