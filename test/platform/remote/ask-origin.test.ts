import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { askOrigin } from '../../../src/platform/remote/ask-origin.js';
import { freePort } from '../../helpers/free-port.js';
import { describeWith } from '../../helpers/real-components.js';
import { answer, type ScriptedServer, startScriptedServer } from '../../helpers/scripted-server.js';

const NOW = new Date('2026-03-01T12:00:00Z');
let server: ScriptedServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

function ask(url: string, remainingMs = 5_000) {
  return askOrigin(url as BaseUrl, {
    environment: {},
    remainingMs: () => remainingMs,
    signal: new AbortController().signal,
    userAgent: 'hpc-desk/test',
    now: () => NOW,
  });
}

it('returns the status and the date of any response', async () => {
  const headers = { date: 'Sun, 01 Mar 2026 11:59:58 GMT' };
  server = await startScriptedServer(answer('no', { status: 404, headers }));
  expect(await ask(`${server.origin}/some/where`)).toEqual({
    status: 404,
    date: new Date('2026-03-01T11:59:58Z'),
    receivedAt: NOW,
  });
  expect(server.requests[0]).toMatch(/^GET \/ HTTP/);
  expect(server.requests[0]).not.toMatch(/token/i);
});

it('returns a redirect without following it', async () => {
  const headers = { location: 'http://127.0.0.1:1/' };
  server = await startScriptedServer(answer('', { status: 302, headers }));
  expect(await ask(server.origin)).toMatchObject({ status: 302, date: undefined });
});

it('reports a closed port', async () => {
  const asking = ask(`http://127.0.0.1:${await freePort()}`);
  await expect(asking).rejects.toMatchObject({ code: 'network.unreachable' });
});

it('reports a server that does not respond', async () => {
  server = await startScriptedServer([]);
  const asking = ask(server.origin, 200);
  await expect(asking).rejects.toMatchObject({
    code: 'network.timeout',
    details: { timeoutMs: 200 },
  });
});

describeWith('openssl', 'over TLS', () => {
  let folder: string;
  let https: Server;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-tls-'));
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    execFileSync('openssl', [...kind, '-nodes', ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    const files = { key: readFileSync(key), cert: readFileSync(cert) };
    https = createServer(files, (_, response) => response.end()).listen(0, '127.0.0.1');
    await once(https, 'listening');
  });

  afterEach(async () => {
    https.closeAllConnections();
    https.close();
    await once(https, 'close');
    rmSync(folder, { recursive: true });
  });

  it('reports a self-signed certificate', async () => {
    const { port } = https.address() as AddressInfo;
    await expect(ask(`https://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'network.tls',
      details: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });
});
