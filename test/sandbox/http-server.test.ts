import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { type HttpServerOptions, startHttpServer } from '../../src/sandbox/http-server.js';
import { succeed } from '../../src/sandbox/route.js';

let server: Awaited<ReturnType<typeof startHttpServer>> | undefined;
afterEach(() => server?.close());

async function serve(
  options: Partial<HttpServerOptions> = {},
  ...timeouts: [Parameters<typeof startHttpServer>[1]?]
) {
  const all: HttpServerOptions = {
    routes: [
      { name: 'checkToken', method: 'GET', path: '/state', run: ({ baseUrl }) => succeed(baseUrl) },
      { name: 'createSession', method: 'PUT', path: '/vnc', run: () => succeed('put') },
      {
        name: 'deleteSession',
        method: 'DELETE',
        path: '/vnc/:sessionId',
        run: ({ sessionId }) => succeed(sessionId),
      },
      { name: 'showLaunchPage', method: 'GET', path: '/page', run: () => ({ html: '<p>page' }) },
      {
        name: 'readCenter',
        method: 'GET',
        path: '/broken',
        run: () => Promise.reject(new Error()),
      },
    ],
    before: async () => undefined,
    delayMs: 0,
    onRequest: undefined,
    now: () => new Date(),
    ...options,
  };
  server = await startHttpServer(all, ...timeouts);
  return server.url;
}

test('listens on 127.0.0.1 and passes its URL to the routes', async () => {
  const url = await serve();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(`${url}/state`);
  expect(await response.json()).toEqual({ code: '0', msg: 'success', data: url });
});

test.each([
  ['GET', '/', 404],
  ['GET', '/state/', 404],
  ['GET', '/vnc/a/b', 404],
  ['DELETE', '/vnc/%', 404],
  ['POST', '/state', 405],
  ['GET', '/vnc', 405],
  ['HEAD', '/state', 405],
])('%s %s returns %i', async (method, path, status) => {
  expect((await fetch((await serve()) + path, { method })).status).toBe(status);
});

test('a path segment is decoded once', async () => {
  const response = await fetch(`${await serve()}/vnc/a%2Fb%2525`, { method: 'DELETE' });
  expect(await response.json()).toMatchObject({ data: 'a/b%25' });
});

describe('a web page in the user’s browser', () => {
  const port = () => Number(new URL(server?.url ?? '').port);
  function ask(headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const sent = request({ port: port(), path: '/state', headers, agent: false });
      sent.on('error', reject).on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.end();
    });
  }

  test.each([
    ['whose host name resolves to this server', { host: 'rebound.example:8080' }],
    ['whose host name starts with 127.0.0.1', { host: '127.0.0.1.rebound.example' }],
    ['of another origin', { origin: 'https://page.example' }],
    ['with the origin null', { origin: 'null' }],
    ['that embeds a resource', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['on another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
  ])('%s gets 403 and uses up no fault', async (_, headers) => {
    let asked = 0;
    await serve({
      before: async () => {
        asked += 1;
        return undefined;
      },
    });
    expect([await ask(headers), asked]).toEqual([403, 0]);
  });

  test.each([
    ['may link to the server', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
    ['may be opened from the address bar', { 'sec-fetch-site': 'none' }],
    ['may use a forwarded port', { host: 'localhost:8080' }],
  ])('%s', async (_, headers) => {
    await serve();
    expect(await ask(headers)).toBe(200);
  });
});

test('an html result is sent as text/html', async () => {
  const response = await fetch(`${await serve()}/page`);
  expect(response.headers.get('content-type')).toBe('text/html;charset=UTF-8');
  expect(await response.text()).toBe('<p>page');
});

test('a result of before replaces that of the route', async () => {
  const url = await serve({ before: async () => succeed('instead') });
  expect(await (await fetch(`${url}/state`)).json()).toMatchObject({ data: 'instead' });
});

test('a body above 64 KiB is rejected with 10012', async () => {
  const url = await serve();
  const response = await fetch(`${url}/vnc`, { method: 'PUT', body: 'x'.repeat(65_537) });
  expect(await response.json()).toMatchObject({ code: '10012' });
});

test('a route that fails closes its own connection only', async () => {
  const url = await serve();
  await expect(fetch(`${url}/broken`)).rejects.toThrow();
  expect((await fetch(`${url}/state`)).status).toBe(200);
});

test('onRequest gets method, path, header names and body size, but no values', async () => {
  const records: unknown[] = [];
  const url = await serve({ onRequest: (record) => void records.push(record) });
  await new Promise<void>((resolve) => {
    const sent = request(`${url}/vnc?x=1`, {
      method: 'PUT',
      headers: { Token: 'secret' },
      agent: false,
    });
    sent.end('body').on('response', (response) => response.resume().on('end', () => resolve()));
  });
  expect(records).toEqual([
    {
      method: 'PUT',
      path: '/vnc?x=1',
      headerNames: ['token', 'host', 'connection', 'content-length'],
      bodyBytes: 4,
    },
  ]);
});

test.each([
  ['headers', 'GET /state HTTP/1.1\r\nHost:'],
  ['body', 'PUT /vnc HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nx'],
])('a client that does not complete its %s gets 408 and is closed', async (_, start) => {
  const limits = { headersTimeout: 40, requestTimeout: 50, connectionsCheckingInterval: 10 };
  const { port } = new URL(await serve({}, limits));
  const client = connect(Number(port), '127.0.0.1');
  client.write(start);
  expect(await text(client)).toMatch(/^HTTP\/1\.1 408 /);
});

describe('closing', () => {
  test('aborts a request whose answer is delayed', async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const url = await serve({ delayMs: 600_000, onRequest: () => arrived() });
    const answer = fetch(`${url}/state`).then(
      () => 'answered',
      () => 'cut',
    );
    await arrival;
    await server?.close();
    expect(await answer).toBe('cut');
  });
});
