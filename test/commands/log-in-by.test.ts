import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/commands/log-in-by.js';
import { reply, startScriptedServer } from '../helpers/scripted-server.js';
import { type AccountDesk, openAccountDesk, REQUESTS } from './open-account-desk.js';

const { keyLogin, center } = REQUESTS;

const urlsOf = ({ description }: AccountDesk) =>
  `--platform-url ${description.platformUrl} --auth-url ${description.authUrl}`;
const keyLine = (desk: AccountDesk) =>
  `login ${urlsOf(desk)} --user test --access-key ${desk.description.accessKey} --secret-key-stdin`;
const runKey = (desk: AccountDesk, extra = '', stdin = desk.description.secretKey) =>
  desk.run(`${keyLine(desk)} ${extra}`, { stdin });

describe('login', () => {
  it.each([
    ['by access key', 'key'],
    ['by password', 'password'],
  ] as const)('%s selects the only usable cluster and stores the login', async (_, by) => {
    const desk = await openAccountDesk();
    const { stdout } = await desk.logIn(by, '--json');
    expect(JSON.parse(stdout)).toEqual({
      profile: 'default',
      user: 'test',
      clusterUser: 'test_1215',
      cluster: { id: '11250', name: '沙盒一区【本机】' },
      apiUrl: desk.description.apiUrl,
      platformUrl: desk.description.platformUrl,
      accountStatus: 'Normal',
      expiresAt: '2026-05-02T04:00:00.000Z',
      storedIn: join(desk.folder, 'credentials.json'),
    });
    expect(statSync(join(desk.folder, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect((await desk.run('vnc list')).exitCode).toBe(0);
  });

  it.each(['', '/hpc'] as const)(
    'accepts cluster URLs with the suffix “%s”',
    async (hpcUrlSuffix) => {
      const desk = await openAccountDesk({ hpcUrlSuffix });
      await desk.logIn();
      expect((await desk.run('vnc create')).exitCode).toBe(0);
    },
  );

  it.each(['with a blank inside', '密钥'])(
    'stores the secret key “%s” unchanged',
    async (secretKey) => {
      const server = await startScriptedServer(
        reply('0', [{ clusterId: '1', clusterName: 'one', token: 'some-token' }]),
        reply('0', {
          id: 1,
          name: 'one',
          hpcUrls: [{ enable: 'true', url: 'http://127.0.0.1:9' }],
        }),
      );
      try {
        const desk = await openAccountDesk();
        const urls = `--platform-url ${server.origin} --auth-url ${server.origin}`;
        const line = `login ${urls} --user test --access-key AK --secret-key-stdin --remember`;
        const { exitCode } = await desk.run(line, { stdin: secretKey });
        expect([exitCode, desk.stored().accessKey?.secretKey]).toEqual([0, secretKey]);
        expect((await desk.run('whoami')).exitCode).toBe(0);
      } finally {
        await server.close();
      }
    },
  );

  it('reports where --remember saved the secret key', async () => {
    const desk = await openAccountDesk();
    const { stderr } = await desk.logIn('key', '--remember');
    expect(stderr).toContain(
      `The secret key was saved in ${join(desk.folder, 'credentials.json')}`,
    );
  });

  it('stores a separate login for each profile', async () => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await desk.logIn('key', '--cluster 11250');
    await desk.logIn('password', '--cluster 11251 --profile work');
    const idOf = async (line: string) => (await desk.run(`${line} --field cluster.id`)).stdout;
    expect([await idOf('whoami'), await idOf('whoami --profile work')]).toEqual([
      '11250\n',
      '11251\n',
    ]);
  });

  it.each([
    ['by id', '11251', 0, '11251'],
    ['by part of its name', '三区', 0, '11251'],
    ['by its name with ASCII brackets', '沙盒三区[本机]', 0, '11251'],
    ['by part of several names', '本机', 2, 'cluster.ambiguous'],
    ['by an unknown name', '昆山', 3, 'cluster.notFound'],
    ['that is disabled', '停用', 5, 'cluster.disabled'],
  ])('selects or rejects a cluster %s', async (_, request, exitCode, expected) => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    const result = await desk.run(
      [...keyLine(desk).split(' '), '--cluster', request, '--json'].join(' '),
      {
        stdin: desk.description.secretKey,
      },
    );
    expect(result.exitCode).toBe(exitCode);
    if (exitCode === 0) expect(JSON.parse(result.stdout).cluster.id).toBe(expected);
    else expect(JSON.parse(result.stderr).error.code).toBe(expected);
  });

  it('queries only the selected cluster', async () => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    await runKey(desk, '--cluster 11251');
    expect(desk.requests).toEqual([keyLogin, center]);
  });

  it('requires --cluster if several clusters are usable and there is no terminal', async () => {
    const desk = await openAccountDesk({ usableClusters: 2 });
    const { exitCode, stderr } = await runKey(desk);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('沙盒一区【本机】 (11250)');
    expect(stderr).toContain('沙盒三区【本机】 (11251)');
    expect(stderr).toContain('--cluster ID');
    expect((await desk.run('whoami')).exitCode).toBe(4);
  });

  it('keeps the previous login if it fails', async () => {
    const desk = await openAccountDesk();
    await desk.logIn();
    const before = desk.stored();
    expect((await runKey(desk, '', 'wrong')).exitCode).toBe(4);
    expect(desk.stored()).toEqual(before);
  });
});

describe('a rejected login', () => {
  const EN = 'the platform rejected the login';
  const ZH = '平台拒绝登录';

  it.each<[string, string, string]>([
    ['a wrong secret key', 'AK/SK签名校验失败', '10009'],
    ['a key of another user', '非本人AK/SK', '10009'],
    ['a user who was renamed', '用户不存在', '10009'],
    ['a key without permission', '权限不足', '10008'],
  ])('prints our error and the platform’s message: %s', async (_, msg, code) => {
    const desk = await openAccountDesk();
    desk.faults.add({ endpoint: 'loginWithKeys', code, msg, times: 3 });
    const english = await runKey(desk);
    const chinese = await runKey(desk, '--lang zh');
    const json = await runKey(desk, '--json');
    expect([english.exitCode, chinese.exitCode, json.exitCode]).toEqual([4, 4, 4]);
    for (const [{ stderr }, sentence] of [
      [english, EN],
      [chinese, ZH],
    ] as const) {
      expect(stderr).toContain(sentence);
      expect(stderr).toContain(msg);
      expect(stderr).toContain(code);
    }
    expect(JSON.parse(json.stderr).error).toMatchObject({
      code: 'auth.rejected',
      family: 'auth',
      exitCode: 4,
      platform: { code, msg },
    });
    expect(desk.requests).toEqual([keyLogin, keyLogin, keyLogin]);
  });

  it('by password prints the platform’s message', async () => {
    const desk = await openAccountDesk();
    const { orgId } = desk.description;
    const line = `login ${urlsOf(desk)} --user test --org-id ${orgId} --password-stdin`;
    const { exitCode, stderr } = await desk.run(line, { stdin: 'wrong' });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('用户名或密码错误');
    expect(stderr).not.toContain('wrong\n');
  });

  it('due to clock skew is retried, and the skew is reported', async () => {
    const desk = await openAccountDesk({ now: () => new Date() });
    const now = () => new Date(Date.now() + 600_000);
    const stdin = desk.description.secretKey;
    const { exitCode, stderr } = await desk.run(keyLine(desk), { now, stdin });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/The clock of this machine is 10 min ahead of/);
    expect(desk.requests.filter((request) => request === keyLogin)).toHaveLength(2);
  });
});

describe('login without a terminal', () => {
  it.each([
    ['login', 'usage.needsInput', 'hpc-desk login --user USER --access-key KEY --secret-key-stdin'],
    ['login --user me', 'usage.needsInput', '--secret-key-stdin'],
    ['login --access-key AK --secret-key-stdin', 'usage.missingOption', '--user'],
    ['login --user me --secret-key-stdin', 'usage.missingOption', '--access-key'],
    ['login --user me --access-key AK', 'usage.needsInput', '--secret-key-stdin'],
    [
      'login --user me --access-key AK --secret-key-stdin',
      'usage.needsInput',
      '--secret-key-stdin',
    ],
    ['login --org-id 7 --password-stdin', 'usage.missingOption', '--user'],
    ['login --user me --password-stdin', 'usage.missingOption', '--org-id'],
    ['login --user me --org-id 7', 'usage.needsInput', '--password-stdin'],
    ['login --token-stdin --access-key AK', 'usage.conflict', ''],
    ['login --secret-key-stdin --password-stdin', 'usage.conflict', '--password-stdin'],
    ['login --token-stdin --user me', 'usage.conflict', '--token-stdin and --user'],
    ['login --token-stdin --remember', 'usage.conflict', '--token-stdin and --remember'],
    ['login --org-id 7 --remember', 'usage.conflict', '--remember and --org-id'],
    ['login --user me --api-url https://x.example', 'usage.conflict', '--user and --api-url'],
    [
      'login --api-url https://x.example --cluster 11250',
      'usage.conflict',
      '--cluster and --api-url',
    ],
  ])('%s fails with %s and suggests a command or option', async (line, code, hint) => {
    const desk = await openAccountDesk();
    const { exitCode, stderr } = await desk.run(`${line} ${urlsOf(desk)} --json`);
    const { error } = JSON.parse(stderr);
    expect([exitCode, error.code]).toEqual([2, code]);
    expect(`${error.message} ${error.hint}`).toContain(hint);
    expect(desk.requests).toEqual([]);
  });

  it.each(['--secret-key', '--password', '--token'])(
    'rejects %s on the command line',
    async (option) => {
      const desk = await openAccountDesk();
      const { exitCode, stderr } = await desk.run(`login --user me ${option} SENTINEL-SECRET`);
      expect(exitCode).toBe(2);
      expect(stderr).not.toContain('SENTINEL-SECRET');
    },
  );

  it.each([
    ['--platform-url', '--user me --access-key AK --secret-key-stdin'],
    ['--auth-url', '--user me --access-key AK --secret-key-stdin'],
    ['--api-url', '--token-stdin'],
  ])('rejects an http: URL for %s', async (option, words) => {
    const desk = await openAccountDesk();
    const line = `login ${words} ${option} http://hpc.example --json`;
    const { exitCode, stderr } = await desk.run(line, { stdin: 'secret' });
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([2, 'usage.plainHttp']);
  });
});

it.each([
  ['token', 'token'],
  ['token\n', 'token'],
  ['token\r\n', 'token'],
  ['token\n\n', 'token\n'],
  [' token ', ' token '],
  ['\ufefftoken\n', 'token'],
  ['to\ufeffken', 'to\ufeffken'],
  ['to\nken\n', 'to\nken'],
  ['', ''],
])('reads %j as %j', async (piped, line) => {
  expect(await readLine(Readable.from([Buffer.from(piped)]))).toBe(line);
});

it('decodes a UTF-8 character split across two chunks', async () => {
  const bytes = Buffer.from('令');
  expect(await readLine(Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]))).toBe('令');
});

it('joins the line from any chunks', async () => {
  const pieces = ['to', '', 'ken', '\r', '\n'].map((piece) => Buffer.from(piece));
  expect(await readLine(Readable.from(pieces))).toBe('token');
});

it('stops reading an endless stream', async () => {
  let chunks = 0;
  async function* endless() {
    for (;;) {
      chunks++;
      yield Buffer.alloc(16 * 1024, 'a');
    }
  }
  await readLine(Readable.from(endless()));
  expect(chunks).toBeLessThan(20);
});
