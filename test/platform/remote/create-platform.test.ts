import { describe, expect, it } from 'vitest';
import { answer, reply } from '../../helpers/scripted-server.js';
import { createTestPlatform, EXAMPLE, errorOf, startServer, TOKEN } from './test-platform.js';

describe('creating a session', () => {
  it('returns all fields of the API page’s example', async () => {
    const server = await startServer(reply('0', EXAMPLE, 'success'));
    await expect(createTestPlatform(server.origin).createSession()).resolves.toEqual({
      sessionId: 'gv101--test_1215--SIG--4',
      id: 'e272e9bc5e6d40fbbcc39d82f172f63a',
      name: 'gv101:4',
      hostname: 'gv101',
      ip: '10.0.41.101',
      display: 4,
      port: 5904,
      user: 'test_1215',
      job: 'SIG',
      widthPx: 1920,
      heightPx: 1080,
      createdAt: '2023-02-02T11:59:45+08:00',
      sweepAt: '2023-02-03T01:00:00+08:00',
    });
  });

  it('sends the documented PUT exactly once', async () => {
    const server = await startServer(reply('0', EXAMPLE));
    await createTestPlatform(server.origin).createSession();
    expect(server.requests).toHaveLength(1);
    const [requestLine, ...headers] = (server.requests[0] ?? '').trimEnd().split('\r\n');
    expect(requestLine).toBe('PUT /hpc/openapi/v2/desktop/vnc HTTP/1.1');
    expect(headers.sort()).toEqual([
      'accept-encoding: identity',
      'accept: application/json',
      'connection: keep-alive',
      'content-length: 0',
      'content-type: application/json',
      `host: 127.0.0.1:${server.port}`,
      `token: ${TOKEN}`,
      'user-agent: hpc-desk/TEST',
    ]);
  });

  it.each(['', '/', '/hpc', '/hpc/'])(
    'uses the same path for a base URL that ends in %j',
    async (end) => {
      const server = await startServer(reply('0', EXAMPLE));
      await createTestPlatform(`${server.origin}${end}`).createSession();
      expect(server.requests[0]).toMatch(/^PUT \/hpc\/openapi\/v2\/desktop\/vnc /);
    },
  );

  it('keeps the path prefix of a base URL', async () => {
    const server = await startServer(reply('0', EXAMPLE));
    await createTestPlatform(`${server.origin}/gate/7`).createSession();
    expect(server.requests[0]).toMatch(/^PUT \/gate\/7\/hpc\/openapi\/v2\/desktop\/vnc /);
  });

  it('retries the PUT when the response is lost', async () => {
    const server = await startServer([{ close: 'reset' }], [{ close: 'end' }], reply('0', EXAMPLE));
    const platform = createTestPlatform(server.origin);
    await expect(platform.createSession()).resolves.toMatchObject({ display: 4 });
    expect(new Set(server.requests).size).toBe(1);
    expect(platform.logged.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 200],
    ]);
  });

  it.each([815201, 10011])(
    'does not retry when the platform responds with code %s',
    async (code) => {
      const server = await startServer(
        answer(JSON.stringify({ code, msg: 'later' }), {
          status: 503,
          headers: { 'retry-after': '7' },
        }),
      );
      const error = await errorOf(createTestPlatform(server.origin).createSession());
      expect(error.exitCode).toBe(10);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('reuses the connection for consecutive calls', async () => {
    const server = await startServer(reply('0', EXAMPLE));
    const platform = createTestPlatform(server.origin);
    await platform.createSession();
    await platform.listSessions();
    expect(server.connections()).toBe(1);
  });
});

describe('listing sessions', () => {
  it.each([
    ['a list', [EXAMPLE], 1],
    ['two sessions', [EXAMPLE, { ...EXAMPLE, sessionId: 'b', sid: 5 }], 2],
    ['an empty list', [], 0],
    ['null', null, 0],
    ['an empty object', {}, 0],
    ['one session', EXAMPLE, 1],
    ['a page under "list"', { total: 1, list: [EXAMPLE] }, 1],
    ['a page under "rows"', { rows: [EXAMPLE] }, 1],
    ['a page under "records"', { records: [EXAMPLE] }, 1],
    ['an empty page', { total: 0, list: null }, 0],
  ])('accepts %s', async (_, data, count) => {
    const server = await startServer(reply('0', data));
    await expect(createTestPlatform(server.origin).listSessions()).resolves.toHaveLength(count);
    expect(server.requests[0]).toMatch(/^GET \/hpc\/openapi\/v2\/desktop\/vnc HTTP/);
  });

  it('ignores unknown keys, including __proto__ and constructor', async () => {
    const json = JSON.stringify(EXAMPLE).replace('{', '{"__proto__":{"ip":"::1"},"constructor":1,');
    const server = await startServer(answer(`{"code":0,"extra":[[]],"data":[${json}]}`));
    const [session] = await createTestPlatform(server.origin).listSessions();
    expect(session).toMatchObject({ ip: '10.0.41.101' });
    expect(Object.getPrototypeOf(session)).toBe(Object.prototype);
  });
});

describe('deleting a session', () => {
  it('encodes the session id as one path segment', async () => {
    const server = await startServer(reply('0', {}));
    const deleted = createTestPlatform(server.origin).deleteSession('a/../b c?#%2e—é');
    await expect(deleted).resolves.toBe('deleted');
    expect(server.requests[0]).toMatch(
      /^DELETE \/hpc\/openapi\/v2\/desktop\/vnc\/a%2F..%2Fb%20c%3F%23%252e%E2%80%94%C3%A9 HTTP/,
    );
  });

  it('treats 815010 as already gone', async () => {
    const server = await startServer(reply('815010', null, '桌面会话不存在,删除失败'));
    const deleted = createTestPlatform(server.origin).deleteSession('gone');
    await expect(deleted).resolves.toBe('alreadyGone');
  });

  it('succeeds when the response is lost and the retry finds no session', async () => {
    const server = await startServer([{ close: 'reset' }], reply(815010));
    const deleted = createTestPlatform(server.origin).deleteSession('once');
    await expect(deleted).resolves.toBe('alreadyGone');
  });

  it.each(['', '.', '..', 'a\nb', 'a\0', '\x7f', '\x9b', '\ud800'])(
    'sends nothing for the session id %j',
    async (sessionId) => {
      const server = await startServer(reply('0'));
      const error = await errorOf(createTestPlatform(server.origin).deleteSession(sessionId));
      expect(error).toMatchObject({ code: 'unsafe.value', details: { field: 'sessionId' } });
      expect(server.connections()).toBe(0);
    },
  );
});

describe('reading a launch URL', () => {
  it('requests it under the session and returns it', async () => {
    const server = await startServer(reply('0', 'https://desk.example/vnc?k=1'));
    const url = createTestPlatform(server.origin).readLaunchUrl('s1');
    await expect(url).resolves.toBe('https://desk.example/vnc?k=1');
    expect(server.requests[0]).toMatch(/^GET \/hpc\/openapi\/v2\/desktop\/vnc\/s1\/launchurl HTTP/);
  });

  it.each([
    ['under any one key', { id: 7, vncUrl: 'https://desk.example/' }, 'https://desk.example/'],
    ['beside other texts', { url: 'https://d.example/x', name: 'x' }, 'https://d.example/x'],
  ])('finds the URL %s', async (_, data, url) => {
    const server = await startServer(reply('0', data));
    await expect(createTestPlatform(server.origin).readLaunchUrl('s1')).resolves.toBe(url);
  });

  it.each([[null], [[]], [''], [7], [{}], [{ a: 'https://a.example', b: 'https://b.example' }]])(
    'reports an unusable response for %j',
    async (data) => {
      const server = await startServer(reply('0', data));
      const error = await errorOf(createTestPlatform(server.origin).readLaunchUrl('s1'));
      expect(error.code).toBe('network.unusableAnswer');
      expect(error.details).toMatchObject({ endpoint: 'vnc-launchurl' });
    },
  );

  it('reports session.notFound for 815010', async () => {
    const server = await startServer(reply('815010', null, 'gone'));
    const error = await errorOf(createTestPlatform(server.origin).readLaunchUrl('s1'));
    expect(error).toMatchObject({
      code: 'session.notFound',
      details: { selector: 's1' },
      platform: { code: '815010', msg: 'gone' },
    });
  });
});

it('logs method, origin, path, status, time and attempt, and nothing else', async () => {
  const server = await startServer(answer('', { status: 503 }), reply('0', []));
  const platform = createTestPlatform(server.origin);
  await platform.listSessions();
  const { origin } = server;
  const entry = { method: 'GET', origin, path: '/hpc/openapi/v2/desktop/vnc', elapsedMs: 0 };
  expect(platform.logged).toEqual([
    { ...entry, status: 503, attempt: 1 },
    { ...entry, status: 200, attempt: 2 },
  ]);
  expect(platform.delaysMs).toEqual([300]);
});
