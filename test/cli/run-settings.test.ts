import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccountDesk, openAccountDesk, REQUESTS } from '../commands/open-account-desk.js';
import { answer, type ScriptedServer, startScriptedServer } from '../helpers/scripted-server.js';

const { renewal, list, cluster, center, state } = REQUESTS;
const HOUR_MS = 3_600_000;

let desk: AccountDesk;
/** Stands in for the internet: loopback alone is never reached through a proxy. */
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
  ['is good', -HOUR_MS, 0],
  ['is near its end', -60_000, 0],
  ['is just over', 60_000, 4],
  ['is over for long', 48 * HOUR_MS, 4],
];

describe('a token of which nobody said which platform it is from', () => {
  it.each(SITUATIONS)(
    'goes to its API URL only, out of the environment, when it %s',
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
    'goes to its API URL only, out of the file, when it %s',
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

  it('is refused there, and asked about nowhere else', async () => {
    await desk.logIn('token');
    desk.faults.add({ endpoint: 'listSessions', code: '10008', times: 2 });
    expect((await run('vnc list')).exitCode).toBe(5);
    expect((await run('vnc list', inEnvironment())).exitCode).toBe(5);
    expect(desk.requests).toEqual([list, list]);
    expect(internet.connections()).toBe(0);
  });

  it('stays so when the profile knew a platform from another log-in', async () => {
    await desk.logIn('key');
    await desk.logIn('token');
    expect(desk.stored().platformUrl).toBeUndefined();
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list')).exitCode).toBe(4);
    expect(desk.requests).toEqual([list]);
  });

  it('out of the environment is not for the platform of a stored login either', async () => {
    const { token } = desk.description;
    await desk.logIn('key');
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list', { HPC_DESK_TOKEN: token })).exitCode).toBe(4);
    expect(desk.requests).toEqual([list]);
  });
});

describe('a token whose platform was said', () => {
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

  it('with the log-in is renewed and verified there', async () => {
    await desk.logIn('token', `--platform-url ${desk.description.platformUrl}`);
    expect((await run('whoami --verify')).exitCode).toBe(0);
    desk.clock.advance(25 * HOUR_MS);
    expect((await run('vnc list')).exitCode).toBe(0);
    expect(desk.requests).toEqual([state, renewal, list]);
  });
});

describe('the token of a cluster', () => {
  it('is what its platform is asked with, for no URL was given', async () => {
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

  it('of the default platform leaves through the proxy, encrypted, or not at all', async () => {
    const { token } = desk.description;
    const { exitCode } = await desk.run('login --token-stdin', { environment, stdin: token });
    expect(exitCode).toBe(6);
    expect(internet.requests.join('')).toMatch(/^CONNECT www\.scnet\.cn:443 /);
    expect(internet.requests.join('')).not.toContain(token);
  });
});
