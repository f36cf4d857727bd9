import { execFile } from 'node:child_process';
import dns from 'node:dns';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isDeskError } from '../../src/errors/desk-error.js';
import { bundleSource } from '../helpers/bundle-source.js';
import { printCount } from '../helpers/print-count.js';
import { describeWith } from '../helpers/real-components.js';
import { makeCertificates } from '../platform/remote/make-certificates.js';
import { call } from './http-call.js';
import { startTlsServer, type TlsServer } from './http-tls-servers.js';
import { PROXY_CASES, type ProxyCase } from './proxy-cases.js';
import {
  type ProxyServer,
  startAnswering,
  startConnectProxy,
  startSocksProxy,
} from './proxy-servers.js';

const TIMEOUT_MS = 60_000;
const NAME = 'hpc.example.invalid';

beforeAll(() => {
  // Resolves this one name to 127.0.0.1.
  const { lookup } = dns;
  vi.spyOn(dns, 'lookup').mockImplementation(((name: string, ...rest: unknown[]) =>
    Reflect.apply(lookup, dns, [
      name === NAME ? '127.0.0.1' : name,
      ...rest,
    ])) as typeof dns.lookup);
});
afterAll(() => {
  printCount('proxy environments and authorities', PROXY_CASES.length + AUTHORITY_CASES.length);
  vi.restoreAllMocks();
});

describe('a request takes the expected route when', () => {
  test.each(PROXY_CASES)('$title', async (row) => {
    const servers = {
      direct: await startAnswering(),
      lower: await startAnswering(),
      upper: await startAnswering(),
      all: await startAnswering(),
      socks: await startSocksProxy(),
    };
    try {
      const result = await ask(row, servers);
      const ways = Object.entries(servers).filter(([, { heard }]) => heard.length > 0);
      const isError = row.way.includes('.');
      expect(result).toBe(isError ? row.way : 'ok');
      expect(ways.map(([name]) => name)).toEqual(isError ? [] : [row.way]);
      const text = ways.map(([, { heard }]) => heard.join('')).join('');
      const authorization = /^proxy-authorization: (.*)\r$/im.exec(text)?.[1];
      const { credentials } = row;
      expect(authorization).toBe(
        credentials && `Basic ${Buffer.from(credentials).toString('base64')}`,
      );
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    }
  });
});

async function ask(
  { url, environment }: ProxyCase,
  servers: Readonly<Record<string, ProxyServer>>,
): Promise<string> {
  const filled = Object.entries(environment).map(([name, value]) => [
    name,
    value.replace(/\{(\w+)\}/, (_, server: string) => servers[server]?.host ?? ''),
  ]);
  try {
    const { result } = await call(
      'create',
      url.replace('{port}', String(servers.direct?.port)),
      TIMEOUT_MS,
      { environment: Object.fromEntries(filled) },
    );
    return result;
  } catch (error) {
    // An invalid proxy is reported before any connection is opened.
    if (!isDeskError(error)) throw error;
    expect(JSON.stringify(error)).not.toContain('SENTINEL');
    return error.code;
  }
}

test('there are at least 48 combinations, including certificate authorities', () => {
  expect(PROXY_CASES.length + AUTHORITY_CASES.length).toBeGreaterThanOrEqual(48);
});

/** The certificates are for 127.0.0.1 and for other.example, a name that is sent only to a proxy. */
const PLACES = [
  { way: 'straight', url: 'https://127.0.0.1:{port}', fitting: 'good' },
  { way: 'through CONNECT', url: 'https://other.example', fitting: 'misnamed' },
  { way: 'through SOCKS', url: 'https://other.example', fitting: 'misnamed' },
] as const;
const AUTHORITY_CASES = PLACES.flatMap((place) =>
  (['good', 'misnamed'] as const).flatMap((certificate) =>
    [true, false].map((isKnown) => ({ ...place, certificate, isKnown })),
  ),
);

// Node reads NODE_EXTRA_CA_CERTS only at startup, so the calls are made in their own process.
const PROGRAM = `
  import { call } from '../test/hostile/http-call.js';
  const results = await Promise.all(JSON.parse(process.argv[2]).map(async ([url, environment]) =>
    (await call('list', url, ${TIMEOUT_MS}, { environment })).result));
  console.log(JSON.stringify(results));
`;

describeWith('openssl', 'an https platform', () => {
  const closing: (() => Promise<void>)[] = [];
  const heard = new Map<object, readonly string[]>();
  const results = new Map<object, string>();
  const servers = new Map<object, TlsServer>();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'proxy-'));
    const certificates = makeCertificates(folder);
    const program = await bundleSource(PROGRAM, folder);
    const calls = await Promise.all(
      AUTHORITY_CASES.map(async (row) => {
        const server = await startTlsServer(certificates[row.certificate]);
        const connectProxy = await startConnectProxy(server.port);
        const socksProxy = await startSocksProxy(server.port);
        closing.push(server.close, connectProxy.close, socksProxy.close);
        servers.set(row, server);
        const isSocks = row.way === 'through SOCKS';
        heard.set(row, isSocks ? socksProxy.heard : connectProxy.heard);
        const environment = isSocks
          ? { ALL_PROXY: `socks5://${socksProxy.host}` }
          : { HTTPS_PROXY: `http://${connectProxy.host}` };
        return { row, words: [row.url.replace('{port}', String(server.port)), environment] };
      }),
    );
    await Promise.all(
      [true, false].map(async (isKnown) => {
        const mine = calls.filter(({ row }) => row.isKnown === isKnown);
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [program, JSON.stringify(mine.map(({ words }) => words))],
          {
            env: isKnown ? { NODE_EXTRA_CA_CERTS: certificates.authorityPath } : {},
            timeout: 90_000,
          },
        );
        JSON.parse(stdout).forEach((result: string, index: number) => {
          const row = mine[index]?.row;
          if (row !== undefined) results.set(row, result);
        });
      }),
    );
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await rm(folder, { recursive: true, force: true });
  });

  test.each(AUTHORITY_CASES.map((row) => ({ ...row, row })))(
    'is requested $way with the certificate $certificate, CA known: $isKnown',
    ({ row, way, certificate, fitting, isKnown }) => {
      const isTrusted = certificate === fitting && isKnown;
      expect(results.get(row)).toBe(isTrusted ? 'ok' : 'network.tls');
      expect(servers.get(row)?.requests()).toBe(isTrusted ? 1 : 0);
      const text = heard.get(row)?.join('') ?? '';
      expect(text.includes('other.example')).toBe(way !== 'straight');
      expect(text).not.toContain('SENTINEL');
    },
  );
});
