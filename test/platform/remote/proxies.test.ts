import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { reply } from '../../helpers/scripted-server.js';
import { createTestPlatform, EXAMPLE, errorOf, startServer, TOKEN } from './test-platform.js';

// Names that do not resolve: only the proxy can reach them, which is a scripted server on 127.0.0.1.
const HTTP_API = 'http://hpc.example.invalid:65051';
const HTTPS_API = 'https://hpc.example.invalid:65051';
const EMPTY = Buffer.alloc(0);
const remainingMs = () => 2_000;

describe('a proxy', () => {
  it('receives plain HTTP requests directly, without CONNECT', async () => {
    const proxy = await startServer(reply('0', EXAMPLE));
    const environment = { HTTP_PROXY: proxy.origin.replace('//', '//user:pa%20ss@') };
    const platform = createTestPlatform(HTTP_API, { environment, allowsHttp: true });
    await expect(platform.createSession()).resolves.toMatchObject({ display: 4 });
    expect(proxy.requests[0]).toMatch(/^PUT http:\/\/hpc\.example\.invalid:65051\/hpc\/openapi\//);
    expect(proxy.requests[0]).toContain('\r\nhost: hpc.example.invalid:65051\r\n');
    const credentials = Buffer.from('user:pa ss').toString('base64');
    expect(proxy.requests[0]).toContain(`\r\nproxy-authorization: Basic ${credentials}\r\n`);
  });

  it('receives CONNECT for HTTPS and does not see the token', async () => {
    const proxy = await startServer([{ send: 'HTTP/1.1 200 OK\r\n\r\nthis is not TLS\r\n' }]);
    const environment = { HTTPS_PROXY: proxy.origin };
    const platform = createTestPlatform(HTTPS_API, { environment, remainingMs });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({ code: 'network.tls' });
    expect(proxy.requests[0]).toMatch(/^CONNECT hpc\.example\.invalid:65051 HTTP/);
    expect(proxy.requests.join('')).not.toContain(TOKEN);
  });

  it.each([
    ['HTTP_PROXY', HTTP_API],
    ['HTTPS_PROXY', HTTPS_API],
  ])('that requires authentication is reported (%s)', async (name, api) => {
    const proxy = await startServer([
      { send: 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 3\r\n\r\nno!' },
    ]);
    const platform = createTestPlatform(api, {
      allowsHttp: true,
      environment: { [name]: proxy.origin },
      remainingMs,
    });
    const error = await errorOf(platform.createSession());
    expect(error).toMatchObject({ code: 'network.unreachable', details: { reason: 'PROXY_407' } });
  });

  it.each([
    ['HTTP_PROXY', HTTP_API],
    ['HTTPS_PROXY', HTTPS_API],
    ['ALL_PROXY', HTTPS_API],
  ])('that closes the connection is reported (%s)', async (name, api) => {
    const proxy = await startServer([{ close: 'end' }]);
    const platform = createTestPlatform(api, {
      allowsHttp: true,
      environment: { [name]: proxy.origin },
      remainingMs,
    });
    const error = await errorOf(platform.createSession());
    expect(error.code).toBe('network.unreachable');
    expect(proxy.requests).toHaveLength(3);
  });

  it('that does not respond times out at the deadline', async () => {
    const proxy = await startServer([]);
    const environment = { HTTPS_PROXY: proxy.origin };
    const platform = createTestPlatform(HTTPS_API, { environment, remainingMs: () => 200 });
    await expect(errorOf(platform.createSession())).resolves.toMatchObject({
      code: 'network.timeout',
    });
  });

  it('with SOCKS receives the host name, not an address', async () => {
    const received: Buffer[] = [];
    const answers = [
      // RFC 1928: no authentication required, then succeeded, then the response of the platform.
      Buffer.from([5, 0]),
      Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
      Buffer.concat(
        reply('0', EXAMPLE).map((step) => ('send' in step ? Buffer.from(step.send) : EMPTY)),
      ),
    ];
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        received.push(chunk);
        socket.write(answers.shift() ?? EMPTY);
      });
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const environment = {
      ALL_PROXY: `socks5h://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    };
    const platform = createTestPlatform(HTTP_API, { environment, allowsHttp: true });
    await expect(platform.createSession()).resolves.toMatchObject({ display: 4 });
    await platform.close();
    proxy.close();
    expect(received[1]?.toString('latin1')).toContain('hpc.example.invalid');
    expect(received[2]?.toString('latin1')).toMatch(/^PUT \/hpc\/openapi/);
  });

  it('is not used for loopback', async () => {
    const proxy = await startServer(reply('0', EXAMPLE));
    const server = await startServer(reply('0', EXAMPLE));
    const environment = { HTTP_PROXY: proxy.origin, ALL_PROXY: proxy.origin };
    await createTestPlatform(server.origin, { environment }).createSession();
    expect([proxy.connections(), server.connections()]).toEqual([0, 1]);
  });
});
