import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountDesk, openAccountDesk, REQUESTS } from '../commands/open-account-desk.js';
import { answer, type ScriptedServer, startScriptedServer } from '../helpers/scripted-server.js';

const { renewal, list, cluster, center, state } = REQUESTS;
const HOUR_MS = 3_600_000;

let desk: AccountDesk;
/** The proxy for all remote hosts; loopback addresses are never proxied. */
let internet: ScriptedServer;
let environment: Readonly<Record<string, string>>;

beforeEach(async () => {
  [desk, internet] = await Promise.all([
    openAccountDesk(),
    startScriptedServer(answer('', { status: 502 })),
  ]);
  const { origin } = internet;
  environment = { HTTPS_PROXY: origin, HTTP_PROXY: origin, ALL_PROXY: origin };
});
afterEach(() => internet.close());

const run = (line: string, extra: Readonly<Record<string, string>> = {}) =>
  desk.run(line, { environment: { ...environment, ...extra } });
const inEnvironment = () => ({
  HPC_DESK_TOKEN: desk.description.token,
  HPC_DESK_API_URL: desk.description.apiUrl,
});

const SITUATIONS: readonly [string, number, number][] = [
  ['is valid', -HOUR_MS, 0],
  ['is about to expire', -60_000, 0],
  ['has just expired', 60_000, 4],
  ['expired long ago', 48 * HOUR_MS, 4],
];

describe('a token without a platform URL', () => {
  it.each(SITUATIONS)(
    'from the environment is sent only to its API URL when it %s',
    async (_, overMs, exitCode) => {
      desk.clock.advance(24 * HOUR_MS + overMs);
      for (const line of ['vnc list', 'vnc show', 'whoami --verify', 'whoami']) {
        await run(line, inEnvironment());
      }
      expect((await run('vnc list', inEnvironment())).exitCode).toBe(exitCode);
      expect(new Set(desk.requests)).toEqual(new Set([list, cluster]));
      expect(internet.connections()).toBe(0);
    },
  );

  it.each(SITUATIONS)(
    'from the credentials file is sent only to its API URL when it %s',
    async (_, overMs, exitCode) => {
      await desk.logIn('token');
      desk.clock.advance(24 * HOUR_MS + overMs);
      for (const line of ['vnc list', 'vnc show', 'whoami --verify', 'whoami', 'clusters']) {
        await run(line);
      }
      await run('clusters use 11250');
      expect((await run('vnc list')).exitCode).toBe(exitCode);
      expect(new Set(desk.requests)).toEqual(new Set([list, cluster]));
      expect(internet.connections()).toBe(0);
    },
  );

  it('is not sent anywhere else when its API URL refuses it', async () => {
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listSessions', code: '10008', times: 2 });
    expect((await run('vnc list')).exitCode).toBe(5);
    expect((await run('vnc list', inEnvironment())).exitCode).toBe(5);
    expect(desk.requests).toEqual([list, list]);
    expect(internet.connections()).toBe(0);
  });

  it('does not inherit the platform URL of an earlier login', async () => {
    await desk.logIn('key');
    await desk.logIn('token');
    expect(desk.stored().platformUrl).toBeUndefined();
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list')).exitCode).toBe(4);
    expect(desk.requests).toEqual([list]);
  });

  it('from the environment is not sent to the platform of a stored login', async () => {
    const { token } = desk.description;
    await desk.logIn('key');
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list', { HPC_DESK_TOKEN: token })).exitCode).toBe(4);
    expect(desk.requests).toEqual([list]);
  });
});

describe('a token with a platform URL', () => {
  it.each<[string, () => Readonly<Record<string, string>>, string]>([
    ['in the environment', () => ({ HPC_DESK_PLATFORM_URL: desk.description.platformUrl }), ''],
    ['in the settings', () => ({}), 'config set platformUrl'],
  ])('%s is renewed there', async (_, variables, setting) => {
    if (setting !== '') await run(`${setting} ${desk.description.platformUrl}`);
    desk.clock.advance(25 * HOUR_MS);
    const { exitCode } = await run('vnc list', { ...inEnvironment(), ...variables() });
    expect([exitCode, desk.requests]).toEqual([0, [renewal, list]]);
    expect(internet.connections()).toBe(0);
  });

  it('given at login is renewed and verified there', async () => {
    await desk.logIn('token', `--platform-url ${desk.description.platformUrl}`);
    expect((await run('whoami --verify')).exitCode).toBe(0);
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list')).exitCode).toBe(0);
    expect(desk.requests).toEqual([state, renewal, list]);
  });
});

describe('the token of a cluster', () => {
  it('is enough to look up its API URL on the platform', async () => {
    const { token, platformUrl } = desk.description;
    const line = `login --platform-url ${platformUrl} --token-stdin --json`;
    const { exitCode, stdout } = await desk.run(line, { environment, stdin: token });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      cluster: desk.description.cluster,
      apiUrl: desk.description.apiUrl,
      clusterUser: 'test_1215',
      user: 'test',
      platformUrl,
    });
    expect(new Set(desk.requests)).toEqual(new Set([center]));
  });

  it('is sent to the default platform only inside a CONNECT tunnel of the proxy', async () => {
    const { token } = desk.description;
    const { exitCode } = await desk.run('login --token-stdin', { environment, stdin: token });
    expect(exitCode).toBe(6);
    expect(internet.requests.join('')).toMatch(/^CONNECT www\.scnet\.cn:443 /);
    expect(internet.requests.join('')).not.toContain(token);
  });
});
