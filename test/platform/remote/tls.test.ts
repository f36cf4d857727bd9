import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleSource } from '../../helpers/bundle-source.js';
import { describeWith } from '../../helpers/real-components.js';
import { type Certificates, makeCertificates } from './make-certificates.js';

// Node reads NODE_EXTRA_CA_CERTS once, when it starts: this runs in a process of its own, with the URL as its argument.
const PROGRAM = `
  import { createAccounts } from './platform/remote/create-accounts.js';
  import { createPlatform } from './platform/remote/create-platform.js';
  const url = process.argv[2];
  const options = {
    environment: {}, userAgent: 'hpc-desk/TEST', now: () => new Date(), sleep: async () => {}, random: () => 0,
    remainingMs: () => 5000, signal: new AbortController().signal, log: () => {}, onClockSkew: () => {},
    apiUrls: [url], authUrl: url, platformUrl: url, token: 'SENTINEL', allowLoopback: true,
    clock: { timeZone: 'UTC', sweepHour: 1 },
  };
  const platform = createPlatform(options);
  const accounts = createAccounts(options);
  const password = { user: 'u', password: 'SENTINEL', orgId: 'o' };
  const key = { user: 'u', accessKey: 'SENTINEL', secretKey: 'SENTINEL' };
  const calls = [
    platform.listSessions(), accounts.logInWithAccessKey(key), accounts.logInWithPassword(password),
  ];
  const results = (await Promise.allSettled(calls)).map(({ reason }) =>
    reason === undefined ? 'ok' : [reason.code, reason.exitCode, reason.details.reason].join(' '));
  await Promise.all([platform.close(), accounts.close()]);
  console.log(JSON.stringify(results));
`;

type Kind = 'good' | 'expired' | 'misnamed' | 'selfSigned';

describeWith('openssl', 'a platform on https', () => {
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

  /** Asks with one certificate and an authority that is trusted or not, by every kind of client. */
  async function ask(kind: Kind, host: string, environment: NodeJS.ProcessEnv) {
    let requests = 0;
    const server = createServer(certificates[kind], (_, response) => {
      requests += 1;
      response.end('{"code":"0","data":[]}');
    });
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `https://${host}:${(server.address() as AddressInfo).port}`;
    const { stdout } = await promisify(execFile)(process.execPath, [program, url], {
      env: environment,
      timeout: 20_000,
    });
    return { results: JSON.parse(stdout) as string[], requests };
  }

  it('is spoken to when its authority is in NODE_EXTRA_CA_CERTS', async () => {
    const asked = await ask('good', '127.0.0.1', {
      NODE_EXTRA_CA_CERTS: certificates.authorityPath,
    });
    expect(asked).toEqual({ results: ['ok', 'ok', 'ok'], requests: 3 });
  });

  it.each<[string, Kind, string, boolean, string]>([
    ['its authority is not known', 'good', '127.0.0.1', false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [
      'its certificate is self-signed',
      'selfSigned',
      '127.0.0.1',
      true,
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    ],
    ['its certificate is over', 'expired', '127.0.0.1', true, 'CERT_HAS_EXPIRED'],
    ['its certificate names another host', 'misnamed', '127.0.0.1', true, 'HOSTNAME_MISMATCH'],
    ['its certificate names an address only', 'good', 'localhost', true, 'HOSTNAME_MISMATCH'],
  ])('is sent nothing when %s', async (_, kind, host, isTrusted, reason) => {
    const { authorityPath } = certificates;
    const asked = await ask(kind, host, isTrusted ? { NODE_EXTRA_CA_CERTS: authorityPath } : {});
    const failure = `network.tls 6 ${reason}`;
    expect(asked).toEqual({ results: [failure, failure, failure], requests: 0 });
  });
});
