import { expect, it } from 'vitest';
import {
  authenticatePage,
  authenticateProgram,
  type Channel,
  idOf,
  type PageSession,
  type Secrets,
} from '../../src/model/page.js';

const HOST = '127.0.0.1:40001';
const SECRET = 'abcdefghijk'.padEnd(43, 'z');
const SESSION: PageSession = {
  name: 'gv101:4',
  target: '10.0.41.101:5904',
  sweepAt: '2026-11-25T01:00:00+08:00',
  viewOnly: false,
  fullScreen: false,
  link: null,
  password: 'gr4phics',
  keys: null,
};
const nonce = (digit: string) => digit.repeat(64);
const secrets = (secret = SECRET): Secrets => ({
  find: (id: string) => (id === idOf(secret) ? secret : undefined),
  admit: () => SESSION,
});

/** Both ends of a connection; `change` sees each message, and may replace it or end the connection (undefined). */
function connect(
  change = (message: string, _from: 'page' | 'program'): string | undefined => message,
) {
  const sent: string[] = [];
  const end = (from: 'page' | 'program') => {
    const queue: (string | undefined)[] = [];
    let wake = () => {};
    return {
      put(message: string | undefined) {
        queue.push(message);
        wake();
      },
      async receive() {
        while (queue.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        return queue.shift();
      },
      from,
    };
  };
  const ends = { page: end('page'), program: end('program') };
  const channel = (from: 'page' | 'program', to: 'page' | 'program'): Channel => ({
    send(message) {
      const passed = change(message, from);
      if (passed !== undefined) sent.push(passed);
      ends[to].put(passed);
    },
    receive: ends[from].receive,
  });
  const hangUp = () => [ends.page.put(undefined), ends.program.put(undefined)];
  return { sent, hangUp, page: channel('page', 'program'), program: channel('program', 'page') };
}

async function shake(
  wire: ReturnType<typeof connect>,
  {
    page = { host: HOST, nonce: nonce('a') },
    program = { host: HOST, nonce: nonce('b') },
    known = secrets(),
  } = {},
) {
  const judged = authenticatePage(wire.program, known, program).finally(wire.hangUp);
  const got = authenticateProgram(wire.page, SECRET, page).finally(wire.hangUp);
  return { verdict: await judged, got: await got };
}

it('a page with the shared secret is admitted and receives the session', async () => {
  const wire = connect();
  expect(await shake(wire)).toEqual({ verdict: 'admitted', got: SESSION });
  expect(wire.sent).toHaveLength(4);
});

it('the secret is not sent over the connection', async () => {
  const wire = connect();
  await shake(wire);
  expect(wire.sent.join(' ')).not.toContain(SECRET.slice(11));
  expect(wire.sent[0]).toBe(`${SECRET.slice(0, 11)} ${nonce('a')}`);
});

it.each([
  ['nothing', ''],
  ['a well-formed but wrong proof', `${nonce('b')} ${nonce('c')}`],
  ["the page's own message", `${SECRET.slice(0, 11)} ${nonce('a')}`],
  ['a session', JSON.stringify(SESSION)],
])('the page sends nothing more to a program that answers with %s', async (_, answer) => {
  const fromPage: string[] = [];
  const wire = connect((message, from) => {
    if (from === 'page') fromPage.push(message);
    return from === 'program' ? answer : message;
  });
  expect((await shake(wire)).got).toBe('impostor');
  expect(fromPage).toHaveLength(1);
});

it('a replayed answer of the program fails with another page nonce', async () => {
  const before = connect();
  await shake(before);
  const recorded = before.sent[1] ?? '';
  const wire = connect((message, from) => (from === 'program' ? recorded : message));
  const { got } = await shake(wire, { page: { host: HOST, nonce: nonce('d') } });
  expect(got).toBe('impostor');
});

it('a replayed proof of the page fails with another program nonce', async () => {
  const before = connect();
  await shake(before);
  const recorded = before.sent[2] ?? '';
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? recorded : message,
  );
  const { verdict, got } = await shake(wire, { program: { host: HOST, nonce: nonce('e') } });
  expect([verdict, got]).toEqual(['broken', undefined]);
});

it('a relay from another port fails authentication', async () => {
  const { verdict, got } = await shake(connect(), {
    program: { host: '127.0.0.1:40002', nonce: nonce('b') },
  });
  expect([verdict, got]).toEqual(['broken', 'impostor']);
});

it('the program’s proof is rejected as the page’s', async () => {
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? (wire.sent[1] ?? '').slice(65) : message,
  );
  expect((await shake(wire)).verdict).toBe('broken');
});

it('the program’s proof is rejected as the page’s even if both nonces are equal', async () => {
  const same = { host: HOST, nonce: nonce('a') };
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? (wire.sent[1] ?? '').slice(65) : message,
  );
  expect((await shake(wire, { page: same, program: same })).verdict).toBe('broken');
});

it.each([
  ['unknown', secrets('another-one'.padEnd(43, 'z'))],
  ['used up during the handshake', { ...secrets(), admit: () => undefined }],
])('a secret that is %s is rejected', async (_, known) => {
  expect(await shake(connect(), { known })).toEqual({ verdict: 'unknown', got: undefined });
});

it('a program with another secret of the same ID is an impostor', async () => {
  const known = secrets(`${SECRET.slice(0, 11)}${'y'.repeat(32)}`);
  expect(await shake(connect(), { known })).toEqual({ verdict: 'broken', got: 'impostor' });
});

it.each([
  '',
  'hello',
  `${SECRET} ${nonce('a')}`,
  `${SECRET.slice(0, 11)} ${nonce('A')}`,
  `${SECRET.slice(0, 11)} ${nonce('a')}\n`,
])('an invalid first message is not answered: %j', async (message) => {
  const wire = connect((sent, from) => (from === 'page' ? message : sent));
  expect((await shake(wire)).verdict).toBe('broken');
  expect(wire.sent).toEqual([message]);
});
