import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { DeskError } from '../../../src/errors/desk-error.js';
import type { RemotePlatformOptions } from '../../../src/platform/remote/create-platform.js';
import { freePort } from '../../helpers/free-port.js';
import { answer, reply, type Step } from '../../helpers/scripted-server.js';
import { baseUrlOf, createTestPlatform, EXAMPLE, errorOf, startServer } from './test-platform.js';

const OK = reply('0', EXAMPLE);

/** An origin on a closed port. */
const findDeadOrigin = async () => `http://127.0.0.1:${await freePort()}`;

function createAt(
  [first, ...others]: readonly [string, ...string[]],
  options: Partial<RemotePlatformOptions> = {},
) {
  const apiUrls = [baseUrlOf(first), ...others.map(baseUrlOf)] as const;
  return createTestPlatform(first, { apiUrls, ...options });
}

describe('a cluster with several URLs', () => {
  it('uses the first URL while it is reachable', async () => {
    const [one, two] = [await startServer(OK), await startServer(OK)];
    const platform = createAt([one.origin, two.origin]);
    expect(platform.origin).toBe(one.origin);
    await platform.createSession();
    await platform.listSessions();
    expect(platform.origin).toBe(one.origin);
    expect([one.requests.length, two.connections()]).toEqual([2, 0]);
  });

  it('switches to the next URL without delay and keeps it', async () => {
    const [dead, two] = [await findDeadOrigin(), await startServer(OK)];
    const platform = createAt([dead, `${two.origin}/gate/hpc`]);
    await expect(platform.createSession()).resolves.toMatchObject({ display: 4 });
    expect(platform.origin).toBe(two.origin);
    await platform.listSessions();
    await platform.deleteSession('s');
    expect(platform.delaysMs).toEqual([]);
    expect(platform.logged.map(({ origin, path, attempt }) => [origin, path, attempt])).toEqual([
      [dead, '/hpc/openapi/v2/desktop/vnc', 1],
      [two.origin, '/gate/hpc/openapi/v2/desktop/vnc', 1],
      [two.origin, '/gate/hpc/openapi/v2/desktop/vnc', 1],
      [two.origin, '/gate/hpc/openapi/v2/desktop/vnc/s', 1],
    ]);
  });

  it('tries all URLs before the first delay', async () => {
    const dead = [await findDeadOrigin(), await findDeadOrigin(), await findDeadOrigin()] as const;
    const platform = createAt(dead);
    const error = await errorOf(platform.createSession());
    expect(error).toMatchObject({ code: 'network.unreachable', exitCode: 6 });
    const origins = platform.logged.map(({ origin }) => origin);
    expect(new Set(origins.slice(0, 3))).toEqual(new Set(dead));
    expect(origins).toHaveLength(9);
    expect(platform.delaysMs).toHaveLength(2);
  });

  it('switches only once for concurrent calls', async () => {
    const [dead, two, three] = [
      await findDeadOrigin(),
      await startServer(OK),
      await startServer(OK),
    ];
    const platform = createAt([dead, two.origin, three.origin]);
    await Promise.all(Array.from({ length: 5 }, () => platform.listSessions()));
    expect([two.requests.length, three.connections()]).toEqual([5, 0]);
  });

  it('switches again when the URL in use becomes unreachable', async () => {
    const two = await startServer(OK);
    const one = await startServer(OK);
    const dead = await findDeadOrigin();
    const platform = createAt([dead, two.origin, one.origin]);
    await platform.listSessions();
    await two.close();
    await platform.listSessions();
    expect(platform.origin).toBe(one.origin);
  });

  it.each<[string, Step[], DeskError['code'], number]>([
    ['resets the connection after the request', [{ close: 'reset' }], 'network.unreachable', 3],
    ['answers 502', answer('', { status: 502 }), 'network.unusableAnswer', 3],
    ['answers HTML', answer('<html>'), 'network.unusableAnswer', 1],
    ['redirects', answer('', { status: 302 }), 'network.redirect', 1],
    ['reports an expired token', reply('401'), 'auth.expired', 1],
    ['reports that it is busy', reply('815201'), 'platform.busy', 1],
    ['does not respond', [], 'network.timeout', 1],
  ])('keeps using the URL that %s', async (_, script, code, tries) => {
    const [one, two] = [await startServer(script), await startServer(OK)];
    const endsAt = performance.now() + (code === 'network.timeout' ? 500 : 60_000);
    const remainingMs = () => endsAt - performance.now();
    const platform = createAt([one.origin, two.origin], { remainingMs });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({ code });
    expect([one.requests.length, two.connections()]).toEqual([tries, 0]);
    expect(platform.origin).toBe(one.origin);
  });

  it('keeps using the URL whose TLS handshake fails', async () => {
    const two = await startServer(OK);
    const server = createServer((socket) =>
      socket.on('error', () => {}).end('this is not TLS\r\n'),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const platform = createAt([`https://127.0.0.1:${port}`, two.origin]);
    const error = await errorOf(platform.createSession()).finally(() => server.close());
    expect(error.code).toBe('network.tls');
    expect(two.connections()).toBe(0);
  });

  it.each([
    ['HTTPS_PROXY', 'https://a.example.invalid', 'https://b.example.invalid'],
    ['ALL_PROXY', 'https://a.example.invalid', 'https://b.example.invalid'],
  ])('switches to the next URL when the proxy cannot reach the first (%s)', async (name, a, b) => {
    const proxy = await startServer(answer('', { status: 502 }));
    const platform = createAt([a, b], { environment: { [name]: proxy.origin } });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({
      code: 'network.unreachable',
      details: { reason: 'PROXY_502' },
    });
    expect(proxy.requests.map((request) => request.split(' ')[1])).toEqual([
      'a.example.invalid:443',
      'b.example.invalid:443',
    ]);
  });

  it('accepts a session on loopback only if the URL in use is on loopback', async () => {
    const local = await startServer(reply('0', { ...EXAMPLE, ip: '127.0.0.1' }));
    const dead = await findDeadOrigin();
    await expect(createAt([dead, local.origin]).createSession()).resolves.toMatchObject({
      ip: '127.0.0.1',
    });
    const environment = { HTTP_PROXY: local.origin };
    const remote = createAt(['http://hpc.example.invalid', local.origin], {
      environment,
      allowsHttp: true,
    });
    await expect(errorOf(remote.createSession())).resolves.toMatchObject({ code: 'unsafe.value' });
  });

  it('resolves a launch URL against the URL that answered', async () => {
    const [dead, two] = [await findDeadOrigin(), await startServer(reply('0', '/vnc?k=1'))];
    const platform = createAt([dead, two.origin]);
    await expect(platform.readLaunchUrl('s')).resolves.toBe(`${two.origin}/vnc?k=1`);
  });
});
