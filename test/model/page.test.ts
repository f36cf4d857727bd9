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

/** Two ends of one connection; `change` sees what goes over it, and may replace it or cut it off. */
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

it('who shares the secret is let in and gets the session', async () => {
  const wire = connect();
  expect(await shake(wire)).toEqual({ verdict: 'admitted', got: SESSION });
  expect(wire.sent).toHaveLength(4);
});

it('the secret does not go over the connection', async () => {
  const wire = connect();
  await shake(wire);
  expect(wire.sent.join(' ')).not.toContain(SECRET.slice(11));
  expect(wire.sent[0]).toBe(`${SECRET.slice(0, 11)} ${nonce('a')}`);
});

it.each([
  ['nothing', ''],
  ['what looks like a proof', `${nonce('b')} ${nonce('c')}`],
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

it('an answer that was recorded is worth nothing for another nonce of the page', async () => {
  const before = connect();
  await shake(before);
  const recorded = before.sent[1] ?? '';
  const wire = connect((message, from) => (from === 'program' ? recorded : message));
  const { got } = await shake(wire, { page: { host: HOST, nonce: nonce('d') } });
  expect(got).toBe('impostor');
});

it('a proof that was recorded is worth nothing for another nonce of the program', async () => {
  const before = connect();
  await shake(before);
  const recorded = before.sent[2] ?? '';
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? recorded : message,
  );
  const { verdict, got } = await shake(wire, { program: { host: HOST, nonce: nonce('e') } });
  expect([verdict, got]).toEqual(['broken', undefined]);
});

it('what is relayed from another port does not convince the page', async () => {
  const { verdict, got } = await shake(connect(), {
    program: { host: '127.0.0.1:40002', nonce: nonce('b') },
  });
  expect([verdict, got]).toEqual(['broken', 'impostor']);
});

it("the program's proof is not the page's", async () => {
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? (wire.sent[1] ?? '').slice(65) : message,
  );
  expect((await shake(wire)).verdict).toBe('broken');
});

it('the same nonce from both does not help', async () => {
  const same = { host: HOST, nonce: nonce('a') };
  const wire = connect((message, from) =>
    from === 'page' && wire.sent.length === 2 ? (wire.sent[1] ?? '').slice(65) : message,
  );
  expect((await shake(wire, { page: same, program: same })).verdict).toBe('broken');
});

it.each([
  ['unknown', secrets('another-one'.padEnd(43, 'z'))],
  ['spent while the page proved it', { ...secrets(), admit: () => undefined }],
])('a secret that is %s opens nothing', async (_, known) => {
  expect(await shake(connect(), { known })).toEqual({ verdict: 'unknown', got: undefined });
});

it('a program that knows another secret of that ID is an impostor', async () => {
  const known = secrets(`${SECRET.slice(0, 11)}${'y'.repeat(32)}`);
  expect(await shake(connect(), { known })).toEqual({ verdict: 'broken', got: 'impostor' });
});

it.each([
  '',
  'hello',
  `${SECRET} ${nonce('a')}`,
  `${SECRET.slice(0, 11)} ${nonce('A')}`,
  `${SECRET.slice(0, 11)} ${nonce('a')}\n`,
])('a first message of %j is not answered', async (message) => {
  const wire = connect((sent, from) => (from === 'page' ? message : sent));
  expect((await shake(wire)).verdict).toBe('broken');
  expect(wire.sent).toEqual([message]);
});
