import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isDeskError } from '../../src/errors/desk-error.js';
import { bundleSource } from '../helpers/bundle-source.js';
import { printCount } from '../helpers/print-count.js';
import { describeWith } from '../helpers/real-components.js';
import { runCli } from '../helpers/run-cli.js';
import { type ScriptedServer, startScriptedServer } from '../helpers/scripted-server.js';
import { makeCertificates } from '../platform/remote/make-certificates.js';
import { ALL_OPERATIONS, call } from './http-call.js';
import { head, length } from './http-parts.js';
import { problemsOf } from './http-printed.js';
import { LEADS, PRIVATE_PATH, type RedirectCase, STATUSES } from './redirect-cases.js';
import { type Eavesdropper, startEavesdropper } from './redirect-eavesdropper.js';

vi.setConfig({ maxConcurrency: 16 });

const TIMEOUT_MS = 60_000;

let second: Eavesdropper;
beforeAll(async () => {
  second = await startEavesdropper();
});
afterAll(() => second.close());

/** Requests beyond loopback would also reach the second origin. */
const environmentOf = ({ origin }: Eavesdropper) => ({
  HTTP_PROXY: origin,
  HTTPS_PROXY: origin,
  ALL_PROXY: origin,
});

async function startRedirect(status: number, { headers }: RedirectCase): Promise<ScriptedServer> {
  // The script is read at each request, when the port it names is known.
  const script: { send: Buffer }[] = [];
  const server = await startScriptedServer(script);
  const ports = { first: server.port, second: second.port };
  const page = `<meta http-equiv="refresh" content="0; url=${second.origin}/">`;
  const text = head(status, ...headers(ports), length(page.length)) + page;
  script.push({ send: Buffer.from(text, 'latin1') });
  return server;
}

describe.each(STATUSES)('a redirect with %s', (status) => {
  test.concurrent.each(LEADS)('to $title is not followed by any operation', async (lead) => {
    const first = await startRedirect(status, lead);
    try {
      const environment = environmentOf(second);
      const endings = await Promise.all(
        ALL_OPERATIONS.map((name) => call(name, first.origin, TIMEOUT_MS, { environment })),
      );
      expect(new Set(endings.map(({ result }) => result))).toEqual(new Set(['network.redirect']));
      // Each operation makes one request only.
      expect(first.requests).toHaveLength(ALL_OPERATIONS.length);
      for (const { error } of endings) {
        expect(isDeskError(error) && JSON.stringify(error.details)).not.toMatch(PRIVATE_PATH);
      }
      expect(second.heard()).toEqual({ connections: 0, bytes: 0 });
    } finally {
      await first.close();
    }
  });

  // Each lead is reported with one of the statuses.
  const told = LEADS.filter((_, index) => STATUSES[index % STATUSES.length] === status);
  test.concurrent.each(told)('to $title is reported without its path', async (lead) => {
    const first = await startRedirect(status, lead);
    try {
      const result = await runCli('vnc list', {
        environment: {
          HPC_DESK_TOKEN: 'SENTINEL.TOKEN.1',
          HPC_DESK_API_URL: first.origin,
          ...environmentOf(second),
        },
      });
      expect(result.exitCode).toBe(6);
      expect(problemsOf(result, ''), JSON.stringify(result)).toEqual([]);
      expect(result.stderr).not.toMatch(new RegExp(`${PRIVATE_PATH}|javascript:alert|to ;`));
      expect(second.heard()).toEqual({ connections: 0, bytes: 0 });
    } finally {
      await first.close();
    }
  });
});

// Node reads NODE_EXTRA_CA_CERTS only at startup, so the calls are made in their own process.
const PROGRAM = `
  import { ALL_OPERATIONS, call } from '../test/hostile/http-call.js';
  const [urls, environment] = JSON.parse(process.argv[2]);
  const calls = urls.flatMap((url) =>
    ALL_OPERATIONS.map((operation) => call(operation, url, ${TIMEOUT_MS}, { environment })));
  console.log(JSON.stringify((await Promise.all(calls)).map(({ result }) => result)));
`;

describeWith('openssl', 'a redirect from https', () => {
  const servers: Server[] = [];
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'redirect-'));
  });
  afterAll(async () => {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('to plain http is not followed by any operation, with any of the five statuses', async () => {
    const certificates = makeCertificates(folder);
    const urls = await Promise.all(
      STATUSES.map(async (status) => {
        const server = createServer(certificates.good, (_, response) =>
          response.writeHead(status, { location: `${second.origin}/` }).end(),
        );
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      }),
    );
    const program = await bundleSource(PROGRAM, folder);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [program, JSON.stringify([urls, environmentOf(second)])],
      { env: { NODE_EXTRA_CA_CERTS: certificates.authorityPath }, timeout: 60_000 },
    );
    const calls = STATUSES.length * ALL_OPERATIONS.length;
    expect(JSON.parse(stdout)).toEqual(Array(calls).fill('network.redirect'));
    expect(second.heard()).toEqual({ connections: 0, bytes: 0 });
  });
});

describe('the eavesdropper', () => {
  test('records everything that reaches it', async () => {
    const other = await startEavesdropper();
    try {
      const environment = environmentOf(other);
      await call('list', other.origin, 200);
      await call('list', 'http://other.example.invalid', 200, { environment });
      expect(other.heard().connections).toBeGreaterThanOrEqual(2);
      expect(other.text()).toContain('SENTINEL.TOKEN.1');
    } finally {
      await other.close();
    }
  });

  test('is the target of at least 60 redirects, without duplicate titles', () => {
    expect(new Set(LEADS.map(({ title }) => title)).size).toBe(LEADS.length);
    expect(STATUSES.length * LEADS.length).toBeGreaterThanOrEqual(60);
    printCount('redirects × operations', STATUSES.length * LEADS.length * ALL_OPERATIONS.length);
  });
});
