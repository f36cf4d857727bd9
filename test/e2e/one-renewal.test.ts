import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { type DeskHome, openDeskHome } from '../helpers/open-desk-home.js';
import { startTestSandbox } from '../helpers/start-test-sandbox.js';

const PROCESSES = 6;
const HOUR_MS = 3_600_000;
const RENEWAL = 'POST /ac/openapi/v2/tokens/next';

let user: DeskHome;
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  user = await openDeskHome();
});
afterEach(async () => {
  await user.close();
  await Promise.all(closing.splice(0).map((close) => close()));
});

const runAll = (line: string) =>
  Promise.all(Array.from({ length: PROCESSES }, () => user.run(line.split(' '))));

function readStored() {
  return JSON.parse(readFileSync(join(user.configFolder, 'credentials.json'), 'utf8')).profiles
    .default;
}

/** A sandbox whose first token expired half an hour ago, and whose clock is right. */
async function startLateSandbox(requests: string[]): Promise<Sandbox> {
  let offsetMs = -24.5 * HOUR_MS;
  const sandbox = await startTestSandbox({
    now: () => new Date(Date.now() + offsetMs),
    // Long enough for all processes to wait for the same renewal.
    delayMs: 1_000,
    onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
  });
  offsetMs = 0;
  closing.push(sandbox.close);
  return sandbox;
}

async function logInWithOldToken({ description }: Sandbox, extra: readonly string[] = []) {
  const { platformUrl, authUrl, accessKey, secretKey, token } = description;
  const urls = ['--platform-url', platformUrl, '--auth-url', authUrl];
  const key = ['--user', 'test', '--access-key', accessKey, '--secret-key-stdin'];
  await user.json(['login', ...urls, ...key, ...extra], { stdin: secretKey });
  const expiresAt = new Date(Date.now() - HOUR_MS / 2).toISOString();
  const login = { ...readStored(), token, expiresAt };
  const file = join(user.configFolder, 'credentials.json');
  writeFileSync(file, JSON.stringify({ profiles: { default: login } }));
}

test('six processes with an expired token renew it once', async () => {
  const requests: string[] = [];
  const sandbox = await startLateSandbox(requests);
  await logInWithOldToken(sandbox);
  requests.length = 0;

  const results = await runAll('vnc list --json');

  expect(results.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(
    Array(PROCESSES).fill([0, '[]\n']),
  );
  expect(requests.filter((request) => request === RENEWAL)).toHaveLength(1);
  expect(requests).toHaveLength(1 + PROCESSES);
  expect(readStored().token).not.toBe(sandbox.description.token);
});

test('six processes whose token cannot be renewed log in again once, with the access key', async () => {
  const requests: string[] = [];
  const sandbox = await startLateSandbox(requests);
  await logInWithOldToken(sandbox, ['--remember']);
  sandbox.faults.add({ endpoint: 'renewToken', code: '10008', times: PROCESSES });
  requests.length = 0;

  const results = await runAll('vnc list --json');

  expect(results.map(({ exitCode }) => exitCode)).toEqual(Array(PROCESSES).fill(0));
  expect(requests.filter((request) => request === 'POST /api/user/v3/tokens')).toHaveLength(1);
  expect(requests.filter((request) => request === RENEWAL)).toHaveLength(1);
});

/** Holds requests with the first token until every process has sent one, then rejects them all. */
async function startBarrier(requests: string[]): Promise<string> {
  const waiting: ServerResponse[] = [];
  const send = (response: ServerResponse, code: string, data: unknown) =>
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ code, msg: '', data }));
  const server = createServer((request, response) => {
    // The login requests the name of the cluster.
    if (request.url?.endsWith('/center')) return send(response, '0', {});
    requests.push(`${request.method} ${request.url}`);
    if (request.method === 'POST') return send(response, '0', 'second-token');
    if (request.headers.token === 'second-token') return send(response, '0', []);
    if (waiting.push(response) < PROCESSES) return;
    for (const held of waiting.splice(0)) send(held, '10008', null);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('six processes whose token is rejected at the same time renew it once', async () => {
  const requests: string[] = [];
  const url = await startBarrier(requests);
  const line = ['login', '--api-url', url, '--platform-url', url, '--token-stdin'];
  await user.json(line, { stdin: 'first-token' });

  const results = await runAll('vnc list --json');

  expect(results.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(
    Array(PROCESSES).fill([0, '[]\n']),
  );
  expect(requests.filter((request) => request === RENEWAL)).toHaveLength(1);
  expect(requests).toHaveLength(PROCESSES + 1 + PROCESSES);
  expect(readStored().token).toBe('second-token');
});
