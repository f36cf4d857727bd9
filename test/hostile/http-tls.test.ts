import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleSource } from '../helpers/bundle-source.js';
import { printCount } from '../helpers/print-count.js';
import { describeWith, findReal } from '../helpers/real-components.js';
import { type Certificates, makeCertificates } from '../platform/remote/make-certificates.js';
import { late, lost, lostOrCutOff, ok, type Results, tls } from './http-case.js';
import { startNoTlsServer, startTlsServer, type TlsServer } from './http-tls-servers.js';

interface Situation {
  readonly certificates: Certificates;
  /** An RSA key of 512 bits. */
  readonly weak: { readonly cert: string; readonly key: string };
}

interface Row {
  readonly title: string;
  readonly start: (situation: Situation) => Promise<TlsServer>;
  readonly results: Results;
  /** With `{port}`; default `https://127.0.0.1:{port}`. */
  readonly url?: string;
  readonly isAuthorityKnown?: boolean;
}

const alert = (level: number, description: number) =>
  Buffer.from([0x15, 3, 3, 0, 2, level, description]);
const speaking = (bytes: string | Buffer) => () =>
  startNoTlsServer((socket) => socket.write(bytes));

const ROWS: readonly Row[] = [
  {
    title: 'is valid',
    start: ({ certificates: { good } }) => startTlsServer(good),
    results: ok,
  },
  {
    title: 'has an expired certificate',
    start: ({ certificates: { expired } }) => startTlsServer(expired),
    results: tls,
  },
  {
    title: 'has a certificate for another host',
    start: ({ certificates: { misnamed } }) => startTlsServer(misnamed),
    results: tls,
  },
  {
    title: 'has a self-signed certificate',
    start: ({ certificates: { selfSigned } }) => startTlsServer(selfSigned),
    results: tls,
  },
  {
    title: 'has a certificate of an unknown CA',
    start: ({ certificates: { good } }) => startTlsServer(good),
    results: tls,
    isAuthorityKnown: false,
  },
  {
    title: 'has a 512-bit RSA key',
    start: ({ weak }) => startTlsServer({ ...weak, ciphers: 'DEFAULT@SECLEVEL=0' }),
    results: tls,
  },
  {
    title: 'supports at most TLS 1.1',
    start: ({ certificates: { good } }) =>
      startTlsServer({
        ...good,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      }),
    results: tls,
  },
  {
    title: 'renegotiates',
    start: ({ certificates: { good } }) =>
      startTlsServer({ ...good, maxVersion: 'TLSv1.2' }, (socket) =>
        socket.renegotiate({ rejectUnauthorized: false }, () => {}),
      ),
    results: ['ok', 'network.tls', 'network.unreachable', 'network.timeout'],
  },
  {
    title: 'requests an optional client certificate',
    start: ({ certificates: { good } }) =>
      startTlsServer({ ...good, requestCert: true, rejectUnauthorized: false }),
    results: ok,
  },
  {
    title: 'requires a client certificate',
    start: ({ certificates: { good } }) =>
      startTlsServer({ ...good, requestCert: true, rejectUnauthorized: true }),
    results: ['network.tls', 'network.unreachable'],
  },
  {
    title: 'supports only HTTP/2',
    start: ({ certificates: { good } }) => startTlsServer({ ...good, ALPNProtocols: ['h2'] }),
    results: tls,
  },
  { title: 'speaks plain HTTP', start: speaking('HTTP/1.1 400 Bad Request\r\n\r\n'), results: tls },
  { title: 'speaks SSH', start: speaking('SSH-2.0-OpenSSH_9.2\r\n'), results: tls },
  { title: 'sends a handshake_failure alert', start: speaking(alert(2, 40)), results: tls },
  { title: 'sends an unrecognized_name alert', start: speaking(alert(2, 112)), results: tls },
  // Node 20 does not report it, so the request times out.
  {
    title: 'sends an unknown alert',
    start: speaking(alert(2, 255)),
    results: ['network.tls', 'network.timeout'],
  },
  {
    title: 'sends an oversized record',
    start: speaking(Buffer.from([0x16, 3, 3, 0xff, 0xff, ...Buffer.alloc(99)])),
    results: tls,
  },
  {
    title: 'closes within the handshake',
    start: () => startNoTlsServer((socket) => socket.end(Buffer.from([0x16, 3, 3, 0, 99]))),
    results: lost,
  },
  {
    title: 'resets within the handshake',
    start: () => startNoTlsServer((socket) => socket.resetAndDestroy()),
    results: lost,
  },
  { title: 'never responds', start: () => startNoTlsServer(() => {}), results: late },
  {
    title: 'receives plain http',
    start: ({ certificates: { good } }) => startTlsServer(good),
    url: 'http://127.0.0.1:{port}',
    results: lostOrCutOff,
  },
];

const LIMIT_MS = 1_500;

// Node reads NODE_EXTRA_CA_CERTS only at startup, so the calls are made in their own process.
const PROGRAM = `
  import { call } from '../test/hostile/http-call.js';
  const endings = await Promise.all(JSON.parse(process.argv[2]).map(async (url) => {
    try {
      return (await call('list', url, ${LIMIT_MS})).result;
    } catch (error) {
      return String(error);
    }
  }));
  console.log(JSON.stringify(endings));
`;

describeWith('openssl', 'an https platform that', () => {
  const servers: TlsServer[] = [];
  const endings = new Map<Row, string>();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'http-tls-'));
    const certificates = makeCertificates(folder);
    const situation = { certificates, weak: await makeWeakKey(folder) };
    const program = await bundleSource(PROGRAM, folder);
    for (const row of ROWS) servers.push(await row.start(situation));
    await Promise.all(
      [true, false].map(async (isKnown) => {
        const rows = ROWS.filter(({ isAuthorityKnown = true }) => isAuthorityKnown === isKnown);
        const urls = rows.map((row) =>
          (row.url ?? 'https://127.0.0.1:{port}').replace(
            '{port}',
            String(servers[ROWS.indexOf(row)]?.port),
          ),
        );
        const { stdout } = await promisify(execFile)(
          process.execPath,
          [program, JSON.stringify(urls)],
          {
            env: isKnown ? { NODE_EXTRA_CA_CERTS: certificates.authorityPath } : {},
            timeout: 60_000,
          },
        );
        const found: string[] = JSON.parse(stdout);
        rows.forEach((row, index) => {
          const ending = found[index];
          if (ending !== undefined) endings.set(row, ending);
        });
      }),
    );
  });
  afterAll(async () => {
    printCount('hostile HTTP servers', ROWS.length);
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  });

  test.each(ROWS.map((row, index) => ({ ...row, index })))('$title', ({ results, index }) => {
    const ending = endings.get(ROWS[index] as Row);
    expect(results).toContain(ending);
    // No request is sent unless the handshake succeeds.
    if (!results.includes('ok')) expect(servers[index]?.requests()).toBe(0);
  });
});

async function makeWeakKey(folder: string): Promise<Situation['weak']> {
  execFileSync(
    findReal('openssl') ?? 'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:512', '-nodes', '-keyout', 'weak.key'],
      ...['-out', 'weak.pem', '-subj', '/CN=weak', '-days', '2', '-sha256'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { cert: await read('weak.pem'), key: await read('weak.key') };
}
