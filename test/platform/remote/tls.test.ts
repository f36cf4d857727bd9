import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleSource } from '../../helpers/bundle-source.js';
import { describeWith } from '../../helpers/real-components.js';
import {
  type ProxyServer,
  startConnectProxy,
  startSocksProxy,
} from '../../hostile/proxy-servers.js';
import { type Certificates, makeCertificates } from './make-certificates.js';

// Node reads NODE_EXTRA_CA_CERTS only at startup, so this runs in a separate process, with the URL as its argument.
const PROGRAM = `
  import { askOrigin } from './platform/remote/ask-origin.js';
  import { createAccounts } from './platform/remote/create-accounts.js';
  import { createPlatform } from './platform/remote/create-platform.js';
  import { createServerClock } from './platform/server-clock.js';
  const url = process.argv[2];
  const options = {
    environment: process.env, userAgent: 'hpc-desk/TEST', now: () => new Date(), sleep: async () => {}, random: () => 0,
    remainingMs: () => 5000, signal: new AbortController().signal, log: () => {},
    serverClock: createServerClock(() => new Date()),
    apiUrls: [url], authUrl: url, platformUrl: url, token: 'SENTINEL', allowLoopback: true,
    clock: { timeZone: 'UTC', sweepHour: 1 },
  };
  const platform = createPlatform(options);
  const accounts = createAccounts(options);
  const password = { user: 'u', password: 'SENTINEL', orgId: 'o' };
  const key = { user: 'u', accessKey: 'SENTINEL', secretKey: 'SENTINEL' };
  const calls = [
    platform.listSessions(), accounts.logInWithAccessKey(key), accounts.logInWithPassword(password),
    // What doctor asks.
    askOrigin(url, options),
  ];
  const results = (await Promise.allSettled(calls)).map(({ reason }) =>
    reason === undefined ? 'ok' : [reason.code, reason.exitCode, reason.details.reason].join(' '));
  await Promise.all([platform.close(), accounts.close()]);
  console.log(JSON.stringify(results));
`;

type Kind = 'good' | 'expired' | 'misnamed' | 'selfSigned';

describeWith('openssl', 'a platform over HTTPS', () => {
  const servers: Server[] = [];
  let folder: string;
  let program: string;
  let certificates: Certificates;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-'));
    certificates = makeCertificates(folder);
    program = await bundleSource(PROGRAM, folder);
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a server with one certificate and calls it with every kind of client. */
  async function ask(kind: Kind, host: string, environment: NodeJS.ProcessEnv) {
    return askThrough(kind, host, () => environment);
  }

  async function askThrough(
    kind: Kind,
    host: string,
    environmentFor: (port: number) => NodeJS.ProcessEnv | Promise<NodeJS.ProcessEnv>,
  ) {
    let requests = 0;
    const server = createServer(certificates[kind], (_, response) => {
      requests += 1;
      response.end('{"code":"0","data":[]}');
    });
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `https://${host}:${port}`;
    const { stdout } = await promisify(execFile)(process.execPath, [program, url], {
      env: await environmentFor(port),
      timeout: 60_000,
    });
    return { results: JSON.parse(stdout) as string[], requests };
  }

  it('is trusted when its CA is in NODE_EXTRA_CA_CERTS', async () => {
    const asked = await ask('good', '127.0.0.1', {
      NODE_EXTRA_CA_CERTS: certificates.authorityPath,
    });
    expect(asked).toEqual({ results: ['ok', 'ok', 'ok', 'ok'], requests: 4 });
  });

  it.each<[string, Kind, string, boolean, string]>([
    ['its CA is unknown', 'good', '127.0.0.1', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [
      'its certificate is self-signed',
      'selfSigned',
      '127.0.0.1',
      true,
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    ['its certificate has expired', 'expired', '127.0.0.1', true, 'CERT_HAS_EXPIRED'],
    ['its certificate names another host', 'misnamed', '127.0.0.1', true, 'HOSTNAME_MISMATCH'],
    ['its certificate has an IP address only', 'good', 'localhost', true, 'HOSTNAME_MISMATCH'],
  ])('receives no request when %s', async (_, kind, host, isTrusted, reason) => {
    const { authorityPath } = certificates;
    const asked = await ask(kind, host, isTrusted ? { NODE_EXTRA_CA_CERTS: authorityPath } : {});
    const failure = `network.tls 6 ${reason}`;
    expect(asked).toEqual({ results: Array(4).fill(failure), requests: 0 });
  });

  describe('with NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
    const NOT_VERIFIED = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const proxies: ProxyServer[] = [];
    const keep = async (starting: Promise<ProxyServer>) => {
      const proxy = await starting;
      proxies.push(proxy);
      return proxy.host;
    };
    afterAll(() => Promise.all(proxies.map((proxy) => proxy.close())));

    it.each<Kind>(['good', 'expired', 'misnamed', 'selfSigned'])(
      'still receives no request: %s',
      async (kind) => {
        const { results, requests } = await ask(kind, '127.0.0.1', NOT_VERIFIED);
        expect(results.map((result) => result.split(' ')[0])).toEqual(Array(4).fill('network.tls'));
        expect(requests).toBe(0);
      },
    );

    it.each<[string, (port: number) => Promise<NodeJS.ProcessEnv>]>([
      [
        'a CONNECT proxy',
        async (port) => ({ HTTPS_PROXY: `http://${await keep(startConnectProxy(port))}` }),
      ],
      ['SOCKS', async (port) => ({ ALL_PROXY: `socks5://${await keep(startSocksProxy(port))}` })],
      // Here the server under test is the proxy itself.
      ['an HTTPS proxy', async (port) => ({ HTTPS_PROXY: `https://127.0.0.1:${port}` })],
    ])('receives no request through %s', async (_, open) => {
      const asked = await askThrough('selfSigned', 'hpc.example.invalid', async (port) => ({
        ...NOT_VERIFIED,
        ...(await open(port)),
      }));
      expect(asked.results.map((result) => result.split(' ')[0])).toEqual(
        Array(4).fill('network.tls'),
      );
      expect(asked.requests).toBe(0);
    });
  });
});
