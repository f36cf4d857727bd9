import { describe, expect, it } from 'vitest';
import { answer, reply } from '../../helpers/scripted-server.js';
import {
  bare,
  CALLS,
  type CallName,
  CENTER,
  CLUSTERS,
  createTestAccounts,
  KEYS,
  PASSWORD,
} from './test-accounts.js';
import { baseUrlOf, errorOf, startServer, TOKEN } from './test-platform.js';

describe('on the wire', () => {
  it.each<[CallName, string, string[]]>([
    [
      'key',
      'POST /api/user/v3/tokens HTTP/1.1',
      [
        'accessKey: SENTINEL-AK',
        'content-length: 0',
        // printf '%s' '{"accessKey":"SENTINEL-AK","timestamp":"1675310400","user":"test"}' | openssl dgst -sha256 -hmac SENTINEL-SK
        'signature: 2ded70aca441295fc4d43600d96489a80843adf509aa90f318fc3bdbf14d0591',
        'timestamp: 1675310400',
        'user: test',
      ],
    ],
    [
      'password',
      'POST /ac/openapi/v2/tokens HTTP/1.1',
      ['content-length: 0', 'orgId: SENTINEL-ORG', 'password: SENTINEL-PW', 'user: test'],
    ],
    ['center', 'GET /ac/openapi/v2/center HTTP/1.1', [`token: ${TOKEN}`]],
    [
      'renewal',
      'POST /ac/openapi/v2/tokens/next HTTP/1.1',
      ['content-length: 0', `token: ${TOKEN}`],
    ],
    ['check', 'GET /ac/openapi/v2/tokens/state HTTP/1.1', [`token: ${TOKEN}`]],
  ])('%s sends the documented request exactly once', async (name, line, own) => {
    const server = await startServer(reply('10003'));
    await CALLS[name](createTestAccounts(server.origin)).catch(() => {});
    expect(server.requests).toHaveLength(1);
    const [requestLine, ...headers] = (server.requests[0] ?? '').trimEnd().split('\r\n');
    expect(requestLine).toBe(line);
    expect(headers.sort()).toEqual(
      [
        'accept-encoding: identity',
        'accept: application/json',
        'connection: keep-alive',
        'content-type: application/json',
        `host: 127.0.0.1:${server.port}`,
        'user-agent: hpc-desk/TEST',
        ...own,
      ].sort(),
    );
  });

  it('a login by access key goes to the auth host, everything else to the platform', async () => {
    const [auth, platform] = [await startServer(reply('10003')), await startServer(reply('10003'))];
    const authUrl = baseUrlOf(`${auth.origin}/gate`);
    const accounts = createTestAccounts(`${platform.origin}/portal/ac/`, { authUrl });
    await Promise.allSettled(Object.values(CALLS).map((call) => call(accounts)));
    expect(auth.requests.map(firstWords)).toEqual(['POST /gate/api/user/v3/tokens']);
    expect(platform.requests.map(firstWords).sort()).toEqual([
      'GET /portal/ac/openapi/v2/center',
      'GET /portal/ac/openapi/v2/tokens/state',
      'POST /portal/ac/openapi/v2/tokens',
      'POST /portal/ac/openapi/v2/tokens/next',
    ]);
  });

  it('a user name is sent in UTF-8', async () => {
    const server = await startServer(reply('0', CLUSTERS));
    const accounts = createTestAccounts(server.origin);
    await accounts.logInWithAccessKey({ ...KEYS, user: '张三' });
    const received = Buffer.from(server.requests[0] ?? '', 'latin1').toString('utf8');
    expect(received).toContain('\r\nuser: 张三\r\n');
  });

  it('an invalid header value is rejected before anything is sent', async () => {
    const server = await startServer(reply('0', CLUSTERS));
    const accounts = createTestAccounts(server.origin);
    const password = 'SENTINEL\r\nx: y';
    const error = await errorOf(accounts.logInWithPassword({ ...PASSWORD, password }));
    expect(error.code).toBe('usage.invalidValue');
    expect(server.connections()).toBe(0);
  });

  it.each<CallName>(['key', 'password', 'renewal'])(
    'a POST request is never retried: %s',
    async (name) => {
      for (const script of [bare(503), [{ close: 'reset' } as const], bare(429)]) {
        const server = await startServer(script);
        await errorOf(CALLS[name](createTestAccounts(server.origin)));
        expect(server.requests).toHaveLength(1);
      }
    },
  );

  it.each<CallName>(['center', 'check'])('a GET request is retried: %s', async (name) => {
    const server = await startServer([{ close: 'reset' }], bare(502), reply('0', CENTER));
    await CALLS[name](createTestAccounts(server.origin));
    expect(server.requests).toHaveLength(3);
  });

  it.each(Object.keys(CALLS) as CallName[])('no redirect is followed: %s', async (name) => {
    const other = await startServer(reply('0', CLUSTERS));
    const location = `${other.origin}/`;
    const server = await startServer(answer('', { status: 307, headers: { location } }));
    const error = await errorOf(CALLS[name](createTestAccounts(server.origin)));
    expect(error.code).toBe('network.redirect');
    expect(other.connections()).toBe(0);
  });
});

function firstWords(request: string): string {
  return request.slice(0, request.indexOf(' HTTP/'));
}
