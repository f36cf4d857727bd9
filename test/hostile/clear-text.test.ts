import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeToken } from '../helpers/make-token.js';
import { printCount } from '../helpers/print-count.js';
import { runCli } from '../helpers/run-cli.js';
import { reply, type ScriptedServer, startScriptedServer } from '../helpers/scripted-server.js';
import { CLUSTERS } from '../platform/remote/test-accounts.js';

// An unresolvable name, behind a proxy on 127.0.0.1 that records what would have been sent in plain text.
const PLAIN = 'http://desk.example.invalid';
const SAFE = 'https://desk.example.invalid';
const HOUR_MS = 3_600_000;
const tokenFor = (leftMs: number) =>
  makeToken({ clusterId: '1', expireTime: String(Date.now() + leftMs) });
const TOKEN = tokenFor(HOUR_MS);
const SECRETS = /SECRET|eyJ/;

type Where = 'apiUrl' | 'platformUrl' | 'authUrl';
type Source = 'option' | 'env' | 'settings' | 'profile' | 'otherApiUrls';

/** What sends a secret, and which URLs it may send it to. */
const METHODS: Readonly<
  Record<string, { line: string; stdin?: string; login?: object; where: readonly Where[] }>
> = {
  'login by token': { line: 'login --token-stdin', stdin: TOKEN, where: ['apiUrl', 'platformUrl'] },
  'login by access key': {
    line: 'login --user me --access-key SECRET-AK --secret-key-stdin',
    stdin: 'SECRET-SK',
    where: ['authUrl', 'platformUrl'],
  },
  'login by password': {
    line: 'login --user me --org-id o --password-stdin',
    stdin: 'SECRET-PW',
    where: ['platformUrl'],
  },
  'a stored token': { line: 'vnc list', login: {}, where: ['apiUrl'] },
  'whoami --verify': { line: 'whoami --verify', login: {}, where: ['platformUrl'] },
  'a renewal': {
    line: 'vnc list',
    login: { token: tokenFor(-60_000), expiresAt: new Date(Date.now() - 60_000).toISOString() },
    where: ['platformUrl'],
  },
  'a log-in with a remembered key': {
    line: 'vnc list',
    login: {
      token: tokenFor(-48 * HOUR_MS),
      expiresAt: new Date(Date.now() - 48 * HOUR_MS).toISOString(),
    },
    where: ['authUrl'],
  },
  'clusters use': { line: 'clusters use 1', login: {}, where: ['platformUrl'] },
  doctor: { line: 'doctor', login: {}, where: ['apiUrl'] },
};
const OPTIONS: Readonly<Record<Where, string>> = {
  apiUrl: '--api-url',
  platformUrl: '--platform-url',
  authUrl: '--auth-url',
};
const VARIABLES: Readonly<Record<Where, string>> = {
  apiUrl: 'HPC_DESK_API_URL',
  platformUrl: 'HPC_DESK_PLATFORM_URL',
  authUrl: 'HPC_DESK_AUTH_URL',
};

const ROWS = Object.entries(METHODS).flatMap(([method, { login, where }]) =>
  where.flatMap((place) => {
    const sources: readonly Source[] =
      login === undefined ? ['option', 'env', 'settings'] : ['profile'];
    return sources.map((source) => ({ method, place, source }));
  }),
);
/** A token from the environment is sent to `apiUrl` and renewed at `platformUrl`. */
const ENVIRONMENT_ROWS = (['env', 'settings'] as const).flatMap((source) =>
  (['apiUrl', 'platformUrl'] as const).flatMap((place) =>
    ['vnc list', 'vnc create', 'whoami --verify'].map((line) => ({ source, place, line })),
  ),
);

let folder: string;
let eavesdropper: ScriptedServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clear-text-'));
  eavesdropper = await startScriptedServer(reply('0', []));
});
afterEach(async () => {
  await eavesdropper.close();
  await rm(folder, { recursive: true, force: true });
});
afterAll(() =>
  printCount('ways to send a secret in clear text', ROWS.length + ENVIRONMENT_ROWS.length),
);

const save = (name: string, content: object) =>
  writeFile(join(folder, `${name}.json`), JSON.stringify(content), { mode: 0o600 });

function run(line: string, environment: Record<string, string> = {}, stdin?: string) {
  return runCli(line, {
    environment: {
      HPC_DESK_CONFIG_DIR: folder,
      HTTP_PROXY: eavesdropper.origin,
      // Nothing listens here, so nothing leaves this machine.
      HTTPS_PROXY: 'http://127.0.0.1:9',
      ...environment,
    },
    ...(stdin !== undefined && { stdin: `${stdin}\n` }),
  });
}

function storedLogin(place: Where, url: string, changes: object = {}) {
  const cluster = { id: '1', name: 'one' };
  return {
    token: TOKEN,
    apiUrl: place === 'apiUrl' ? url : SAFE,
    otherApiUrls: [],
    platformUrl: place === 'platformUrl' ? url : SAFE,
    user: 'me',
    clusterUser: 'me',
    cluster,
    accountStatus: '',
    expiresAt: '',
    clusters: [{ ...cluster, token: TOKEN }],
    accessKey: {
      authUrl: place === 'authUrl' ? url : SAFE,
      accessKey: 'SECRET-AK',
      secretKey: 'SECRET-SK',
    },
    ...changes,
  };
}

function expectNothingSent(result: { exitCode: number; stderr: string }) {
  expect(eavesdropper.requests.join('')).not.toMatch(SECRETS);
  expect(eavesdropper.requests).toEqual([]);
  expect(result.stderr).toContain('plain http');
  expect(result.exitCode).toBe(2);
}

describe('no secret goes to a plain http URL', () => {
  it.each(ROWS)('$method, $place from $source', async ({ method, place, source }) => {
    const { line, stdin, login } = METHODS[method] as (typeof METHODS)[string];
    if (login !== undefined) {
      await save('credentials', { profiles: { default: storedLogin(place, PLAIN, login) } });
    }
    if (source === 'settings') await save('settings', { [place]: PLAIN });
    const environment: Record<string, string> =
      source === 'env' ? { [VARIABLES[place]]: PLAIN } : {};
    const words = source === 'option' ? `${line} ${OPTIONS[place]} ${PLAIN}` : line;
    const result = await run(words, environment, stdin);
    // doctor continues without the platform, so only the requests are checked.
    if (method === 'doctor') expect(eavesdropper.requests.join('')).not.toMatch(SECRETS);
    else expectNothingSent(result);
  });

  it.each(ENVIRONMENT_ROWS)('HPC_DESK_TOKEN, $place from $source: $line', async (row) => {
    const urls = { apiUrl: SAFE, platformUrl: SAFE, [row.place]: PLAIN };
    const environment: Record<string, string> = { HPC_DESK_TOKEN: tokenFor(-60_000) };
    if (row.source === 'settings') await save('settings', urls);
    else {
      environment.HPC_DESK_API_URL = urls.apiUrl;
      environment.HPC_DESK_PLATFORM_URL = urls.platformUrl;
    }
    expectNothingSent(await run(row.line, environment));
  });

  it('the second URL of a cluster, when the first cannot be reached', async () => {
    const login = storedLogin('apiUrl', SAFE, { otherApiUrls: [PLAIN] });
    await save('credentials', { profiles: { default: login } });
    expectNothingSent(await run('vnc list'));
  });

  it.each(['login by access key', 'login by password'])(
    'the cluster URL that the platform returns (%s)',
    async (method) => {
      const { line, stdin } = METHODS[method] as (typeof METHODS)[string];
      const center = { id: '11112', name: 'one', hpcUrls: [{ enable: 'true', url: PLAIN }] };
      const platform = await startScriptedServer(reply('0', CLUSTERS), reply('0', center));
      try {
        const urls = `--platform-url ${platform.origin} --auth-url ${platform.origin}`;
        const result = await run(`${line} ${urls}`, {}, stdin);
        expect(result.exitCode).toBe(3);
        expect(eavesdropper.requests).toEqual([]);
      } finally {
        await platform.close();
      }
    },
  );
});

describe('a plain http URL in another form', () => {
  it.each([
    'HTTP://desk.example.invalid',
    'hTTp://DESK.example.invalid/hpc/',
    'http://localhost.',
    'http://localhost.example.invalid',
    'http://127.0.0.1.example.invalid',
    'http://0',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]:8080',
    'http://1.127.0.0.1.nip.invalid',
  ])('%s gets no token from any source', async (url) => {
    expectNothingSent(await run('vnc list', { HPC_DESK_TOKEN: TOKEN, HPC_DESK_API_URL: url }));
    expectNothingSent(await run(`login --token-stdin --api-url ${url}`, {}, TOKEN));
    await save('settings', { apiUrl: url });
    expectNothingSent(await run('vnc list', { HPC_DESK_TOKEN: TOKEN }));
    await save('credentials', { profiles: { default: storedLogin('apiUrl', url) } });
    expectNothingSent(await run('vnc list'));
  });

  it.each([
    'http://me@127.0.0.1',
    'http://127.0.0.1@desk.example.invalid',
    'http://127.0.0.1:80\\@desk.example.invalid',
    'http:desk.example.invalid',
    'http:\\\\desk.example.invalid',
    'http://127.0.0.1#@desk.example.invalid',
    'http://127.0.0.1?.desk.example.invalid',
    'http://127.0.0.1\t.desk.example.invalid',
    ' http://127.0.0.1',
  ])('%j is rejected as a URL', async (url) => {
    const result = await run('vnc list', { HPC_DESK_TOKEN: TOKEN, HPC_DESK_API_URL: url });
    expect(result).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('HPC_DESK_API_URL'),
    });
    expect(eavesdropper.requests).toEqual([]);
  });
});

it('--allow-http permits plain http only for the URL of that login', async () => {
  const login = await run(`login --token-stdin --api-url ${PLAIN} --allow-http`, {}, TOKEN);
  expect(login.exitCode, login.stderr).toBe(0);
  expect((await run('vnc list')).exitCode).toBe(0);
  expect(eavesdropper.requests[0]).toMatch(/^GET http:\/\/desk\.example\.invalid\/hpc/);
  const before = eavesdropper.requests.length;
  const environment = { HPC_DESK_TOKEN: TOKEN, HPC_DESK_API_URL: 'http://other.example.invalid' };
  expect((await run('vnc list', environment)).exitCode).toBe(2);
  expect(eavesdropper.requests).toHaveLength(before);
});
