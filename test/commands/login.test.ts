import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTestDesk } from './test-desk.js';

const desk = openTestDesk();
afterEach(() => desk.run('logout --all'));

/** An unverified JWT with these claims. */
const tokenWith = (claims: object) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
const login = (stdin: string, line = '--api-url https://zzhpc.example:65051') =>
  desk.run(`login ${line} --token-stdin`, { stdin });

describe('login', () => {
  it('by token stores it with its claims', async () => {
    const { apiUrl, cluster, token } = desk.sandbox.description;
    const line = ['login', '--json', '--api-url', apiUrl, '--token-stdin'];
    const { exitCode, stdout, stderr } = await desk.run(line, { stdin: token });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'default',
      user: 'test',
      clusterUser: 'test_1215',
      cluster: { id: cluster.id },
      apiUrl,
      storedIn: join(desk.folder, 'credentials.json'),
    });
    expect((await desk.run('whoami')).exitCode).toBe(0);
  });

  it('by token with --platform-url looks up the cluster name', async () => {
    const { cluster } = desk.sandbox.description;
    expect((await desk.logIn()).exitCode).toBe(0);
    expect((await desk.run('whoami')).stdout).toContain(cluster.name);
    expect((await desk.run('whoami --field cluster.name')).stdout).toBe(`${cluster.name}\n`);
    expect((await desk.run('clusters --field name')).stdout).toBe(`${cluster.name}\n`);
  });

  it('by token leaves the cluster name empty if the platform is unreachable', async () => {
    const { apiUrl, cluster, token } = desk.sandbox.description;
    const line = `login --json --api-url ${apiUrl} --platform-url http://127.0.0.1:1 --token-stdin`;
    const { exitCode, stdout } = await desk.run(line, { stdin: token });
    expect([exitCode, JSON.parse(stdout).cluster]).toEqual([0, { id: cluster.id, name: '' }]);
  });

  it('by token without --api-url looks up the cluster URL', async () => {
    const { apiUrl, platformUrl, cluster, token } = desk.sandbox.description;
    const line = ['login', '--json', '--platform-url', platformUrl, '--token-stdin'];
    const { stdout } = await desk.run(line, { stdin: token });
    expect(JSON.parse(stdout)).toMatchObject({ apiUrl, platformUrl, cluster });
  });

  it('by access key, or by password, finds the cluster of the account', async () => {
    const { user, accessKey, secretKey, orgId, password, ...rest } = desk.sandbox.description;
    const { apiUrl, platformUrl, authUrl, cluster } = rest;
    const urls = ['--platform-url', platformUrl, '--auth-url', authUrl, '--json'];
    const key = ['--user', user, '--access-key', accessKey, '--secret-key-stdin'];
    const byKey = await desk.run(['login', ...key, ...urls], { stdin: secretKey });
    const org = ['--user', user, '--org-id', orgId, '--password-stdin'];
    const byPassword = await desk.run(['login', ...org, ...urls], { stdin: password });
    for (const { exitCode, stdout, stderr } of [byKey, byPassword]) {
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({ user, apiUrl, cluster });
      for (const secret of [secretKey, password]) expect(stdout).not.toContain(secret);
    }
  });

  it('with a wrong key is rejected', async () => {
    const { user, accessKey, platformUrl, authUrl } = desk.sandbox.description;
    const urls = ['--platform-url', platformUrl, '--auth-url', authUrl, '--json'];
    const key = ['--user', user, '--access-key', accessKey, '--secret-key-stdin'];
    const { exitCode, stdout, stderr } = await desk.run(['login', ...key, ...urls], {
      stdin: 'SENTINEL-SECRET',
    });
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(JSON.parse(stderr).error.code).toBe('auth.rejected');
    expect(stderr).not.toContain('SENTINEL');
  });

  it('stores credentials with mode 0600 in a folder with mode 0700', async () => {
    await desk.logIn();
    expect(statSync(join(desk.folder, 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(statSync(desk.folder).mode & 0o777).toBe(0o700);
  });

  it.each(['', '--json', '--debug', '-o env', '-o tsv', '-o table'])(
    'does not print the token: %s',
    async (flags) => {
      const { stdout, stderr } = await desk.run(
        `login ${flags} --api-url ${desk.sandbox.description.apiUrl} --token-stdin`,
        { stdin: desk.sandbox.description.token },
      );
      expect(stdout + stderr).not.toContain(desk.sandbox.description.token);
    },
  );

  it('prints the next command on a terminal, and reads the token without echo', async () => {
    const line = ['login', '--api-url', desk.sandbox.description.apiUrl];
    const { token } = desk.sandbox.description;
    const options = { isTerminal: true, stdin: `${token}\n` };
    const { exitCode, stdout, stderr } = await desk.run(line, options);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Token:');
    expect(stderr).not.toMatch(/mask|ctrl/);
    expect(stderr).toContain('next: hpc-desk vnc create');
    expect(stdout + stderr).not.toContain(token);
  });

  it('uses the token of HPC_DESK_TOKEN', async () => {
    const environment = { HPC_DESK_TOKEN: tokenWith({ user: 'me' }) };
    const line = 'login --api-url https://zzhpc.example:65051 --field user';
    expect((await desk.run(line, { environment })).stdout).toBe('me\n');
  });

  it.each([
    ['nothing', '', 'usage.needsInput'],
    ['blanks', '  ', 'usage.invalidToken'],
    ['a blank inside', 'a b', 'usage.invalidToken'],
    ['two lines', 'a\nb\n', 'usage.invalidToken'],
    ['Chinese', '令牌', 'usage.invalidToken'],
    ['64 KiB', 'a'.repeat(65_536), 'usage.invalidToken'],
  ])('rejects a token of %s', async (_, stdin, code) => {
    const { exitCode, stderr } = await login(stdin, '--json --api-url https://zzhpc.example');
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([2, code]);
  });

  it('rejects an expired token', async () => {
    const { exitCode, stderr } = await login(tokenWith({ expireTime: '1686123346568' }));
    expect(exitCode).toBe(4);
    expect(stderr).toContain('your token expired at 2023-06-07 15:35:46 +08:00');
  });

  it('requires --allow-http for an http: URL', async () => {
    expect((await login('token', '--api-url http://zzhpc.example')).exitCode).toBe(2);
    expect((await login('token', '--api-url http://zzhpc.example --allow-http')).exitCode).toBe(0);
  });

  it('suggests --token-stdin without a terminal', async () => {
    const { exitCode, stderr } = await desk.run('login --api-url https://zzhpc.example');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('hint:  hpc-desk login --token-stdin < token.txt');
  });
});

describe('whoami --all', () => {
  it('lists every profile, and marks the current one', async () => {
    await desk.logIn();
    const { apiUrl, token } = desk.sandbox.description;
    const words = `login --profile work --api-url ${apiUrl} --token-stdin`;
    expect((await desk.run(words, { stdin: token })).exitCode).toBe(0);
    const list = async (more = '', options = {}) =>
      JSON.parse((await desk.run(`whoami --all --json ${more}`, options)).stdout);
    expect(await list('--fields profile,current,tokenSource')).toEqual([
      { profile: 'default', current: true, tokenSource: 'file' },
      { profile: 'work', current: false, tokenSource: 'file' },
    ]);
    expect(await list('--fields current --profile work')).toEqual([
      { current: false },
      { current: true },
    ]);
    const environment = { HPC_DESK_TOKEN: 'another' };
    expect(await list('--fields current', { environment })).toEqual([
      { current: false },
      { current: false },
    ]);
    expect(JSON.stringify(await list())).not.toContain(token);
    expect((await desk.run('whoami --all -o name')).stdout).toBe('default\nwork\n');
    expect((await desk.run('whoami --all --field profile')).stdout).toBe('default\nwork\n');
    expect(await desk.run('whoami --all -o env')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('prints a table, or a sentence if no login is stored', async () => {
    await desk.logIn();
    const { stdout } = await desk.run('whoami --all -o table', { columns: 100 });
    expect(stdout).toMatch(/PROFILE +USER +CLUSTER +TOKEN EXPIRES +STATE/);
    expect(stdout).toMatch(/default .* current/);
    await desk.run('logout --all');
    expect((await desk.run('whoami --all -o table')).stdout).toBe('No login is stored.\n');
    expect(await desk.run('whoami --all --json')).toMatchObject({ exitCode: 0, stdout: '[]\n' });
  });

  it('cannot be combined with --verify', async () => {
    expect((await desk.run('whoami --all --verify')).exitCode).toBe(2);
  });
});

describe('whoami', () => {
  it('prints user and cluster without a request', async () => {
    await desk.logIn();
    const asked = desk.requests.length;
    const { exitCode, stdout } = await desk.run('whoami --json');
    expect([exitCode, desk.requests.length]).toEqual([0, asked]);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: 'default',
      clusterUser: 'test_1215',
      tokenSource: 'file',
      expired: false,
    });
    expect(JSON.parse(stdout).expiresInSeconds).toBeGreaterThan(86_000);
    expect(stdout).not.toContain(desk.sandbox.description.token);
  });

  it('warns about an expired token', async () => {
    await desk.logIn();
    const now = () => new Date(Date.now() + 7 * 86_400_000);
    const { exitCode, stdout, stderr } = await desk.run(
      'whoami --fields expired,expiresInSeconds',
      { now },
    );
    expect([exitCode, stdout]).toEqual([0, 'true\t0\n']);
    expect(stderr).toContain('warning: the token has expired');
  });

  it('reports no expiry for a token without one', async () => {
    await login('opaque-token');
    const { stdout } = await desk.run('whoami --json --fields expired,expiresInSeconds,expiresAt');
    expect(JSON.parse(stdout)).toEqual({ expired: false, expiresInSeconds: null, expiresAt: '' });
  });

  it('reports the environment variable that holds the token', async () => {
    const environment = { HPC_DESK_TOKEN: 'token', HPC_DESK_API_URL: 'https://zzhpc.example' };
    const { stdout } = await desk.run('whoami --json', { environment });
    expect(JSON.parse(stdout)).toMatchObject({ tokenSource: 'env', storedIn: 'HPC_DESK_TOKEN' });
  });

  it.each(['whoami', 'vnc list', 'vnc create', 'vnc show', 'vnc delete --yes', 'vnc connect'])(
    'like %s exits with 4 if not logged in',
    async (line) => {
      const { exitCode, stdout, stderr } = await desk.run(line);
      expect([exitCode, stdout]).toEqual([4, '']);
      expect(stderr).toContain('hint:  hpc-desk login\n');
    },
  );
});

describe('a stored token', () => {
  it('is never sent to another API URL', async () => {
    await desk.logIn();
    const { exitCode, stderr } = await desk.run('vnc list --api-url http://127.0.0.1:9');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('is never sent to http://127.0.0.1:9');
  });

  it('is not used for another profile', async () => {
    await desk.logIn();
    const { exitCode, stderr } = await desk.run('vnc list --profile work');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('hint:  hpc-desk login --profile work');
  });

  it('of a similarly named profile is suggested after a typo', async () => {
    await desk.logIn({ environment: { HPC_DESK_PROFILE: 'work' } });
    const english = await desk.run('vnc list --profile wrok');
    expect([english.exitCode, english.stderr]).toEqual([
      4,
      expect.stringContaining('hint:  did you mean “work”?'),
    ]);
    const chinese = await desk.run('whoami --profile wrok --lang zh');
    expect(chinese.stderr).toContain('您是不是想输入“work”？');
    const json = await desk.run('vnc list --json', { environment: { HPC_DESK_PROFILE: 'worl' } });
    expect(JSON.parse(json.stderr).error).toMatchObject({
      code: 'auth.required',
      hint: 'did you mean “work”?',
    });
  });

  it('in a damaged file is reported, and logout --all repairs the file', async () => {
    await desk.logIn();
    writeFileSync(join(desk.folder, 'credentials.json'), '{ broken');
    const { exitCode, stderr } = await desk.run('whoami');
    expect(exitCode).toBe(9);
    expect(stderr).toContain('is damaged');
    expect((await desk.run('logout --all')).exitCode).toBe(0);
    expect((await desk.logIn()).exitCode).toBe(0);
  });
});

describe('logout', () => {
  it('removes the login of a profile', async () => {
    await desk.logIn();
    const { exitCode, stdout, stderr } = await desk.run('logout --json');
    expect([exitCode, JSON.parse(stdout), stderr]).toEqual([0, { removed: ['default'] }, '']);
    const stored = JSON.parse(readFileSync(join(desk.folder, 'credentials.json'), 'utf8'));
    expect(stored).toEqual({ profiles: {} });
    expect((await desk.run('whoami')).exitCode).toBe(4);
  });

  it('succeeds if not logged in', async () => {
    const { exitCode, stdout, stderr } = await desk.run('logout -o table');
    expect([exitCode, stdout, stderr]).toEqual([0, 'You were not logged in.\n', '']);
  });

  it('rejects an unknown profile and suggests a similar one', async () => {
    const { exitCode, stderr } = await desk.run('logout --profile wrk');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('profile “wrk” does not exist');
    await desk.logIn({ environment: { HPC_DESK_PROFILE: 'work' } });
    expect((await desk.run('logout --profile wrk')).stderr).toContain('did you mean “work”?');
  });

  it('removes all profiles with --all, in sorted order', async () => {
    for (const profile of ['work', 'default']) {
      await desk.run(`login --profile ${profile} --api-url https://zzhpc.example --token-stdin`, {
        stdin: 'SENTINEL-TOKEN',
      });
    }
    expect(readFileSync(join(desk.folder, 'credentials.json'), 'utf8')).toContain('SENTINEL-TOKEN');
    const { stdout } = await desk.run('logout --all -o name');
    expect(stdout).toBe('default\nwork\n');
    expect(existsSync(join(desk.folder, 'credentials.json'))).toBe(false);
  });
});
