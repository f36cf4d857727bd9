import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { reply, type Step } from '../../helpers/scripted-server.js';
import { createTestPlatform, EXAMPLE, errorOf, startServer, TOKEN } from './test-platform.js';

const OK = 'HTTP/1.1 200 OK\r\n';

describe('a request to a slow server', () => {
  const BUDGET_MS = 300;

  it.each<[string, Step[]]>([
    ['does not respond', []],
    ['sends its headers slowly', [{ send: OK }, { drip: 'x: y\r\n', everyMs: 20 }]],
    ['sends its body slowly', [{ send: `${OK}\r\n` }, { drip: ' ', everyMs: 20 }]],
    ['stops within the body', [{ send: `${OK}content-length: 99\r\n\r\n{` }]],
    [
      'sends an error page slowly',
      [{ send: 'HTTP/1.1 502 Bad\r\n\r\n' }, { drip: '<', everyMs: 20 }],
    ],
    [
      'never sends the last chunk',
      [{ send: `${OK}transfer-encoding: chunked\r\n\r\n` }, { drip: '1\r\n \r\n', everyMs: 20 }],
    ],
  ])('times out at the deadline when the server %s', async (_, script) => {
    const server = await startServer(script);
    const startedAt = performance.now();
    const remainingMs = () => startedAt + BUDGET_MS - performance.now();
    const platform = createTestPlatform(server.origin, { remainingMs });
    const error = await errorOf(platform.createSession());
    expect(error.code).toBe('network.timeout');
    expect(error.details).toMatchObject({ origin: server.origin });
  });

  it('times out during the TLS handshake and closes the connection', async () => {
    const server = await startServer();
    const url = server.origin.replace('http', 'https');
    const platform = createTestPlatform(url, { remainingMs: () => BUDGET_MS });
    const created = errorOf(platform.createSession());
    await expect.poll(() => server.connections()).toBe(1);
    await expect(created).resolves.toMatchObject({ code: 'network.timeout' });
    await expect.poll(() => server.openConnections()).toBe(0);
  });

  it('opens no connection after the deadline', async () => {
    const server = await startServer(reply('0', EXAMPLE));
    const platform = createTestPlatform(server.origin, { remainingMs: () => 0 });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({
      code: 'network.timeout',
    });
    expect(server.connections()).toBe(0);
  });

  it.each<[string, Step[]]>([
    ['before the response', []],
    ['within the body', [{ send: `${OK}\r\n` }, { drip: ' ', everyMs: 5 }]],
  ])('rejects with the abort reason when aborted %s', async (_, script) => {
    const server = await startServer(script);
    const end = new AbortController();
    const platform = createTestPlatform(server.origin, { signal: end.signal });
    const created = platform.createSession();
    await expect.poll(() => server.requests.length).toBe(1);
    end.abort(new Error('the user has had enough'));
    await expect(created).rejects.toThrow('the user has had enough');
  });

  it('succeeds after an earlier one timed out', async () => {
    const server = await startServer([], reply('0', EXAMPLE));
    const budgets = [50, 5_000];
    const platform = createTestPlatform(server.origin, { remainingMs: () => budgets[0] ?? 0 });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({
      code: 'network.timeout',
    });
    budgets.shift();
    await expect(platform.createSession()).resolves.toMatchObject({ display: 4 });
  });
});

describe('a server that cannot be reached', () => {
  it('is tried three times', async () => {
    const server = await startServer();
    await server.close();
    const platform = createTestPlatform(server.origin);
    const error = await errorOf(platform.createSession());
    expect(error.details).toEqual({ origin: server.origin, reason: 'ECONNREFUSED' });
    expect(platform.delaysMs).toHaveLength(2);
  });

  it('is tried three times when it closes the connection', async () => {
    const server = await startServer([{ close: 'end' }]);
    await expect(errorOf(createTestPlatform(server.origin).createSession())).resolves.toMatchObject(
      {
        code: 'network.unreachable',
      },
    );
    expect(server.requests).toHaveLength(3);
  });

  it('is tried once when it does not speak TLS', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => {}).end('this is not TLS\r\n'),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const platform = createTestPlatform(`https://127.0.0.1:${port}`);
    const error = await errorOf(platform.createSession()).finally(() => server.close());
    expect(error.code).toBe('network.tls');
    expect(platform.logged).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it.each<[string, number, (port: number, other: string) => string]>([
    ['to another port', 302, (_, other) => `${other}/hpc`],
    ['moved permanently', 301, (_, other) => `${other}/hpc`],
    ['see other', 303, (_, other) => `${other}/hpc`],
    ['that keeps the method', 307, (_, other) => `${other}/hpc`],
    ['permanent, keeping the method', 308, (_, other) => `${other}/hpc`],
    ['to another name of the host', 302, (_, other) => other.replace('127.0.0.1', 'localhost')],
    ['without scheme', 302, (_, other) => other.replace('http:', '')],
    ['with user info', 302, (port, other) => other.replace('//', `//127.0.0.1:${port}@`)],
    ['with a backslash', 302, (_, other) => other.replace('//', '\\\\')],
    ['to the same origin', 302, (port) => `http://127.0.0.1:${port}/hpc/openapi/v2/desktop/vnc`],
    ['to a path', 307, () => '/login'],
    ['without a location', 302, () => ''],
    ['to another scheme', 302, () => 'javascript:alert(1)'],
    ['not modified', 304, (_, other) => other],
    ['of several choices', 300, (_, other) => other],
  ])('is not followed: %s', async (_, status, locationOf) => {
    const other = await startServer(reply('0', EXAMPLE));
    const script: Step[] = [];
    const server = await startServer(script);
    const location = locationOf(server.port, other.origin);
    // Without Content-Length the body never ends; it is not waited for.
    script.push({ send: `HTTP/1.1 ${status} Any\r\nlocation: ${location}\r\n\r\n` });
    const error = await errorOf(createTestPlatform(server.origin).createSession());
    expect(error).toMatchObject({ code: 'network.redirect', details: { status } });
    expect(JSON.stringify(error.details)).not.toContain(TOKEN);
    expect(server.requests).toHaveLength(1);
    expect(other.connections()).toBe(0);
  });
});
