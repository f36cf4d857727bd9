import { describe, expect, it } from 'vitest';
import { openAccountDesk, REQUESTS } from '../commands/open-account-desk.js';
import { answer, reply, startScriptedServer } from '../helpers/scripted-server.js';

const { keyLogin, center, renewal, list } = REQUESTS;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LIFE_MS = 24 * HOUR_MS;
const SHAPES = ['string', 'object', 'list'] as const;

interface Row {
  readonly title: string;
  /** Time until the token expires, in milliseconds; negative after its expiry. */
  readonly leftMs: number;
  /** How often the list request is refused with code 10008 although the token is valid. */
  readonly refusals?: number;
  /** The code with which the renewal fails; true means 10008. */
  readonly renewalFails?: boolean | string;
  readonly requests: readonly string[];
  readonly exitCode: number;
  readonly code?: string;
}

const ROWS: readonly Row[] = [
  { title: 'is used while it is valid', leftMs: HOUR_MS, requests: [list], exitCode: 0 },
  { title: 'is renewed in advance', leftMs: 2 * MINUTE_MS, requests: [renewal, list], exitCode: 0 },
  {
    title: 'is still used near expiry if its renewal fails',
    leftMs: 2 * MINUTE_MS,
    renewalFails: true,
    requests: [renewal, list],
    exitCode: 0,
  },
  { title: 'is renewed after expiry', leftMs: -MINUTE_MS, requests: [renewal, list], exitCode: 0 },
  {
    title: 'fails with auth.expired after expiry if its renewal fails',
    leftMs: -MINUTE_MS,
    renewalFails: true,
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'fails with auth.expired if its renewal fails with an undocumented code',
    leftMs: -MINUTE_MS,
    renewalFails: '424242',
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'is sent for renewal even a day after expiry, as the local clock may be wrong',
    leftMs: -LIFE_MS,
    renewalFails: true,
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'is renewed and the request retried if it is refused before expiry',
    leftMs: HOUR_MS,
    refusals: 1,
    requests: [list, renewal, list],
    exitCode: 0,
  },
  {
    title: 'fails with platform.refused if the renewed token is refused too',
    leftMs: HOUR_MS,
    refusals: 2,
    requests: [list, renewal, list],
    exitCode: 5,
    code: 'platform.refused',
  },
  {
    title: 'fails with auth.expired if it is refused and its renewal fails',
    leftMs: HOUR_MS,
    refusals: 1,
    renewalFails: true,
    requests: [list, renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
];

describe.each(SHAPES)('a token (renewal response: %s)', (renewalShape) => {
  it.each(ROWS)('$title', async (row) => {
    const desk = await openAccountDesk({ renewalShape, tokenLifeMs: LIFE_MS });
    await desk.logIn();
    const old = desk.stored().token;
    desk.clock.advance(LIFE_MS - row.leftMs);
    const { refusals = 0, renewalFails = false } = row;
    if (refusals > 0) {
      desk.faults.add({ endpoint: 'listSessions', code: '10008', times: refusals });
    }
    if (renewalFails) {
      const code = renewalFails === true ? '10008' : renewalFails;
      desk.faults.add({ endpoint: 'renewToken', code });
    }

    const { exitCode, stdout, stderr } = await desk.run('vnc list --json');

    expect(desk.requests).toEqual(row.requests);
    expect([exitCode, stdout]).toEqual([row.exitCode, row.exitCode === 0 ? '[]\n' : '']);
    if (row.code !== undefined) expect(JSON.parse(stderr).error.code).toBe(row.code);
    const isRenewed = row.requests.includes(renewal) && !renewalFails;
    expect(desk.stored().token !== old).toBe(isRenewed);
    if (isRenewed) {
      const { token, cluster, clusters, expiresAt } = desk.stored();
      expect(clusters.find(({ id }) => id === cluster.id)?.token).toBe(token);
      expect(Date.parse(expiresAt) - desk.clock.now().getTime()).toBe(LIFE_MS);
    }
  });
});

describe('a renewed token', () => {
  it('is used by the next command without another renewal', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(LIFE_MS + HOUR_MS);
    await desk.run('vnc list');
    await desk.run('vnc list');
    expect(desk.requests).toEqual([renewal, list, list]);
  });

  it('is not stored if the token came from the environment', async () => {
    const desk = await openAccountDesk();
    const { token, apiUrl, platformUrl } = desk.description;
    const environment = {
      HPC_DESK_TOKEN: token,
      HPC_DESK_API_URL: apiUrl,
      HPC_DESK_PLATFORM_URL: platformUrl,
    };
    desk.clock.advance(LIFE_MS + HOUR_MS);
    for (const _ of [1, 2]) {
      expect((await desk.run('vnc list --json', { environment })).exitCode).toBe(0);
    }
    expect(desk.requests).toEqual([renewal, list, renewal, list]);
    expect((await desk.run('whoami')).exitCode).toBe(4);
  });

  it('is used for all later requests of the same command', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(LIFE_MS + HOUR_MS);
    expect((await desk.run('vnc create')).exitCode).toBe(0);
    expect(desk.requests).toEqual([renewal, list, REQUESTS.create]);
  });
});

const UNKNOWN = answer('', { status: 401 });
const FORBIDDEN = answer('<html>', { status: 403, headers: { 'content-type': 'text/html' } });

describe('a token without an expiry time', () => {
  it.each([
    [
      'is renewed once when it is refused',
      [reply('10008'), reply('0', 'second'), reply('0', [])],
      0,
    ],
    ['is renewed once for a bare 401', [UNKNOWN, reply('0', 'second'), reply('0', [])], 0],
    [
      'is refused if the renewed token is refused',
      [reply('10008'), reply('0', 'second'), reply('10008')],
      5,
    ],
    ['has expired if the renewed token gets a 401', [UNKNOWN, reply('0', 'second'), UNKNOWN], 4],
    ['has expired if its renewal fails', [reply('10008'), reply('10008')], 4],
    ['has expired if it gets a 401 and its renewal fails', [UNKNOWN, reply('10008')], 4],
    ['is renewed once for a bare 403', [FORBIDDEN, reply('0', 'second'), reply('0', [])], 0],
    ['is refused if the renewed token gets a 403', [FORBIDDEN, reply('0', 'second'), FORBIDDEN], 5],
    ['has expired if it gets a 403 and its renewal fails', [FORBIDDEN, reply('424242')], 4],
  ])('%s', async (_, script, exitCode) => {
    const desk = await openAccountDesk();
    const answers = [reply('0', { id: '11250', name: '' }), ...script];
    const server = await startScriptedServer(...answers);
    try {
      const stdin = 'first-token';
      const urls = `--api-url ${server.origin} --platform-url ${server.origin}`;
      await desk.run(`login ${urls} --token-stdin`, { stdin });
      expect((await desk.run('vnc list')).exitCode).toBe(exitCode);
      const heads = server.requests.map((head) => head.split(' ').slice(0, 2).join(' '));
      expect(heads).toEqual([center, list, renewal, list].slice(0, answers.length));
      const tokens = server.requests.map((head) => /^token: (\S+)/m.exec(head)?.[1]);
      const first = 'first-token';
      expect(tokens).toEqual([first, first, first, 'second'].slice(0, answers.length));
    } finally {
      await server.close();
    }
  });
});

describe('a remembered access key', () => {
  it.each([
    ['when its token expired a day ago', LIFE_MS, false, [keyLogin, center, list]],
    ['when the renewal of its token fails', MINUTE_MS, true, [renewal, keyLogin, center, list]],
  ])('logs in again to the same cluster %s', async (_, overMs, renewalFails, requests) => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', '--remember --cluster 11251');
    const before = desk.stored();
    desk.clock.advance(LIFE_MS + overMs);
    if (renewalFails) desk.faults.add({ endpoint: 'renewToken', code: '10008' });
    const { exitCode } = await desk.run('vnc list');
    expect([exitCode, desk.requests]).toEqual([0, requests]);
    const after = desk.stored();
    expect(after.cluster).toEqual({ id: '11251', name: '沙盒三区【本机】' });
    expect(after.accessKey).toEqual(before.accessKey);
    expect(after.token).not.toBe(before.token);
    expect(after.clusters.map(({ id }) => id)).toEqual(['11250', '11251', '20091']);
  });

  it('that the platform rejects fails with auth.rejected', async () => {
    const desk = await openAccountDesk();
    await desk.logIn('key', '--remember');
    desk.clock.advance(3 * LIFE_MS);
    desk.faults.add({ endpoint: 'loginWithKeys', code: '10009', msg: 'AK/SK不存在' });
    const { exitCode, stderr } = await desk.run('vnc list --json');
    expect([exitCode, desk.requests]).toEqual([4, [keyLogin]]);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: 'auth.rejected',
      platform: { code: '10009', msg: 'AK/SK不存在' },
    });
  });

  it('is not stored without --remember', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(3 * LIFE_MS);
    expect((await desk.run('vnc list')).exitCode).toBe(4);
    expect(desk.requests).toEqual([renewal]);
  });
});

const WARNING = 'Your token expires in 20 min and cannot be renewed; run: hpc-desk login';

describe('a token that expires soon', () => {
  it.each([
    ['vnc list', ''],
    ['vnc create', ''],
    ['vnc create --wait', ''],
    ['vnc list --lang zh', '您的令牌将在 20 分钟后过期'],
  ])('and cannot be renewed causes a warning in %s', async (line, words) => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.clock.advance(24 * HOUR_MS - HOUR_MS / 3);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(words || WARNING);
  });

  it.each([
    ['with --json', 'token', '', 'vnc list --json', HOUR_MS / 3],
    ['with --quiet', 'token', '', 'vnc list -q', HOUR_MS / 3],
    ['an hour before expiry', 'token', '', 'vnc list', HOUR_MS],
    ['if it can be renewed', 'key', '', 'vnc list', HOUR_MS / 3],
    ['if an access key is stored', 'key', '--remember', 'vnc list', HOUR_MS / 3],
  ] as const)('causes no warning %s', async (_, by, extra, line, leftMs) => {
    const desk = await openAccountDesk();
    await desk.logIn(by, extra);
    desk.clock.advance(24 * HOUR_MS - leftMs);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).not.toMatch(/token/);
  });
});
