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
  /** How much of its life is left, in milliseconds. */
  readonly leftMs: number;
  /** How often the list is refused with 10008 in spite of a good token. */
  readonly refusals?: number;
  /** The code, 10008 for true. */
  readonly renewalFails?: boolean | string;
  readonly requests: readonly string[];
  readonly exitCode: number;
  readonly code?: string;
}

const ROWS: readonly Row[] = [
  { title: 'that is good', leftMs: HOUR_MS, requests: [list], exitCode: 0 },
  { title: 'near its end', leftMs: 2 * MINUTE_MS, requests: [renewal, list], exitCode: 0 },
  {
    title: 'near its end that is not renewed',
    leftMs: 2 * MINUTE_MS,
    renewalFails: true,
    requests: [renewal, list],
    exitCode: 0,
  },
  { title: 'just over', leftMs: -MINUTE_MS, requests: [renewal, list], exitCode: 0 },
  {
    title: 'just over that is not renewed',
    leftMs: -MINUTE_MS,
    renewalFails: true,
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'just over whose renewal is refused by a code that no page knows',
    leftMs: -MINUTE_MS,
    renewalFails: '424242',
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'over for a day, which the platform has to say: our clock may be wrong',
    leftMs: -LIFE_MS,
    renewalFails: true,
    requests: [renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
  {
    title: 'refused once, though its time is not over',
    leftMs: HOUR_MS,
    refusals: 1,
    requests: [list, renewal, list],
    exitCode: 0,
  },
  {
    title: 'refused, and its successor too',
    leftMs: HOUR_MS,
    refusals: 2,
    requests: [list, renewal, list],
    exitCode: 5,
    code: 'platform.refused',
  },
  {
    title: 'refused, and not renewed',
    leftMs: HOUR_MS,
    refusals: 1,
    renewalFails: true,
    requests: [list, renewal],
    exitCode: 4,
    code: 'auth.expired',
  },
];

describe.each(SHAPES)('with the new token in a %s, a token', (renewalShape) => {
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

  it('is not kept where there is only a token in the environment', async () => {
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

  it('serves every call of the command that needed it', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(LIFE_MS + HOUR_MS);
    expect((await desk.run('vnc create')).exitCode).toBe(0);
    expect(desk.requests).toEqual([renewal, list, REQUESTS.create]);
  });
});

const UNKNOWN = answer('', { status: 401 });
const FORBIDDEN = answer('<html>', { status: 403, headers: { 'content-type': 'text/html' } });

describe('a token that does not say when it ends', () => {
  it.each([
    [
      'is renewed once when it is refused',
      [reply('10008'), reply('0', 'second'), reply('0', [])],
      0,
    ],
    ['is renewed once for a bare 401', [UNKNOWN, reply('0', 'second'), reply('0', [])], 0],
    ['is refused when its successor is', [reply('10008'), reply('0', 'second'), reply('10008')], 5],
    ['is over when its successor gets a 401', [UNKNOWN, reply('0', 'second'), UNKNOWN], 4],
    ['is over when it is not renewed', [reply('10008'), reply('10008')], 4],
    ['is over when it gets a 401 and is not renewed', [UNKNOWN, reply('10008')], 4],
    ['is renewed once for a bare 403', [FORBIDDEN, reply('0', 'second'), reply('0', [])], 0],
    ['is refused when its successor gets a 403', [FORBIDDEN, reply('0', 'second'), FORBIDDEN], 5],
    ['is over when it gets a 403 and is not renewed', [FORBIDDEN, reply('424242')], 4],
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
    ['when its token has been over for a day', LIFE_MS, false, [keyLogin, center, list]],
    ['when the platform renews it no more', MINUTE_MS, true, [renewal, keyLogin, center, list]],
  ])('logs in afresh, in the same cluster, %s', async (_, overMs, renewalFails, requests) => {
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

  it('that is no good any more is told', async () => {
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

  it('is not there unless the user said so', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    desk.clock.advance(3 * LIFE_MS);
    expect((await desk.run('vnc list')).exitCode).toBe(4);
    expect(desk.requests).toEqual([renewal]);
  });
});

const WARNING = 'Your token expires in 20 min and cannot be renewed; run: hpc-desk login';

describe('a token that ends soon', () => {
  it.each([
    ['vnc list', ''],
    ['vnc create', ''],
    ['vnc create --wait', ''],
    ['vnc list --lang zh', '您的令牌将在 20 分钟后过期'],
  ])('and cannot be renewed is worth a word in %s', async (line, words) => {
    const desk = await openAccountDesk();
    await desk.logIn('token');
    desk.clock.advance(24 * HOUR_MS - HOUR_MS / 3);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(words || WARNING);
  });

  it.each([
    ['in a run for programs', 'token', '', 'vnc list --json', HOUR_MS / 3],
    ['in a quiet run', 'token', '', 'vnc list -q', HOUR_MS / 3],
    ['an hour before', 'token', '', 'vnc list', HOUR_MS],
    ['where it will be renewed', 'key', '', 'vnc list', HOUR_MS / 3],
    ['where a key is remembered', 'key', '--remember', 'vnc list', HOUR_MS / 3],
  ] as const)('is worth none %s', async (_, by, extra, line, leftMs) => {
    const desk = await openAccountDesk();
    await desk.logIn(by, extra);
    desk.clock.advance(24 * HOUR_MS - leftMs);
    const { exitCode, stderr } = await desk.run(line);
    expect(exitCode).toBe(0);
    expect(stderr).not.toMatch(/token/);
  });
});
