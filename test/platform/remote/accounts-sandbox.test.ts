import { describe, expect, it } from 'vitest';
import { parseToken, type Token } from '../../../src/model/token.js';
import type { AccountsOptions } from '../../../src/platform/remote/create-accounts.js';
import type { SandboxOptions } from '../../../src/sandbox/start-sandbox.js';
import { startTestSandbox } from '../../helpers/start-test-sandbox.js';
import { createTestAccounts } from './test-accounts.js';
import { createTestPlatform, errorOf, open } from './test-platform.js';

const HOUR_MS = 3_600_000;
const realNow = () => new Date();

/** The real client against the real sandbox, which checks signatures, clocks and tokens. */
async function start(options: Partial<SandboxOptions & AccountsOptions> = {}) {
  const requests: string[] = [];
  const sandbox = await startTestSandbox({
    now: realNow,
    onRequest: ({ path }) => requests.push(path),
    ...options,
  });
  open.push(sandbox);
  const { description, faults } = sandbox;
  const clientNow = { now: realNow };
  const accounts = createTestAccounts(description.platformUrl, { now: () => clientNow.now() });
  const token = parseToken(description.token) as Token;
  return { accounts, clientNow, description, faults, requests, token };
}

const CLUSTERS = [
  { id: '11250', name: '沙盒一区【本机】', token: expect.stringMatching(/^ey.*\..*\../) },
  { id: '20091', name: '沙盒二区【停用】', token: undefined },
];

describe('logging in to the sandbox', () => {
  it('by access key returns its clusters, the disabled one without a token', async () => {
    const { accounts, description } = await start();
    await expect(accounts.logInWithAccessKey(description)).resolves.toEqual(CLUSTERS);
    expect(accounts.skewsMs).toEqual([]);
  });

  it('by password returns the same clusters', async () => {
    const { accounts, description } = await start();
    await expect(accounts.logInWithPassword(description)).resolves.toEqual(CLUSTERS);
  });

  it.each([
    ['a wrong secret key', { secretKey: 'wrong' }, 'AK/SK签名校验失败'],
    ['a key that it does not know', { accessKey: '0'.repeat(32) }, 'AK/SK不存在'],
    ['a user who was renamed', { user: 'former' }, '用户不存在'],
    ['a user beyond ASCII', { user: '张三' }, '用户不存在'],
  ])('is rejected with %s, in one request', async (_, changes, msg) => {
    const { accounts, description, requests } = await start();
    const error = await errorOf(accounts.logInWithAccessKey({ ...description, ...changes }));
    expect(error).toMatchObject({
      code: 'auth.rejected',
      exitCode: 4,
      platform: { code: '10009', msg },
    });
    expect(requests).toEqual(['/api/user/v3/tokens']);
  });

  it('is rejected with the key of another user', async () => {
    const { accounts, description, faults } = await start();
    faults.add({ endpoint: 'loginWithKeys', code: '10009', msg: 'AK/SK非本人' });
    const error = await errorOf(accounts.logInWithAccessKey(description));
    expect(error).toMatchObject({ code: 'auth.rejected', platform: { msg: 'AK/SK非本人' } });
  });

  it.each([{ password: 'wrong' }, { orgId: 'wrong' }, { user: 'former' }])(
    'by password is rejected with %j',
    async (changes) => {
      const { accounts, description } = await start();
      const error = await errorOf(accounts.logInWithPassword({ ...description, ...changes }));
      expect(error).toMatchObject({ code: 'auth.rejected', exitCode: 4 });
    },
  );

  it.each([2 * HOUR_MS, -2 * HOUR_MS, 6 * 60_000, 365 * 24 * HOUR_MS, -365 * 24 * HOUR_MS])(
    'succeeds with a clock that is %s ms ahead, corrected and reported once',
    async (aheadMs) => {
      const { accounts, clientNow, description, requests } = await start();
      clientNow.now = () => new Date(Date.now() + aheadMs);
      await expect(accounts.logInWithAccessKey(description)).resolves.toEqual(CLUSTERS);
      expect(requests).toHaveLength(2);
      expect(accounts.skewsMs).toHaveLength(1);
      // Date has a resolution of one second and may be cached for another; a busy machine adds a delay.
      expect(Math.abs((accounts.skewsMs[0] ?? 0) + aheadMs)).toBeLessThan(60_000);
    },
  );

  it('fails with a wrong key and a wrong clock, and reports the clock once', async () => {
    const { accounts, clientNow, description, requests } = await start();
    clientNow.now = () => new Date(Date.now() + 2 * HOUR_MS);
    const wrong = { ...description, secretKey: 'wrong' };
    const error = await errorOf(accounts.logInWithAccessKey(wrong));
    expect(error).toMatchObject({ code: 'auth.rejected', platform: { msg: 'AK/SK签名校验失败' } });
    expect(requests).toHaveLength(2);
    expect(accounts.skewsMs).toHaveLength(1);
  });
});

describe('the sandbox’s cluster', () => {
  it.each(['', '/hpc'] as const)(
    'has the URL of its desktops, with the suffix %j',
    async (hpcUrlSuffix) => {
      const { accounts, description } = await start({ hpcUrlSuffix });
      const [cluster] = await accounts.logInWithAccessKey(description);
      const center = await accounts.describeCluster(cluster?.token as Token);
      expect(center).toEqual({
        id: '11250',
        name: '沙盒一区【本机】',
        clusterUser: 'test_1215',
        apiUrls: [description.apiUrl],
      });
      const platform = createTestPlatform(center.apiUrls[0] ?? '', {
        token: cluster?.token as Token,
      });
      await expect(platform.listSessions()).resolves.toEqual([]);
    },
  );

  it('fails with platform.fault for the platform’s own token', async () => {
    const { accounts, description } = await start();
    const { user, password, orgId, platformUrl } = description;
    const response = await fetch(`${platformUrl}/ac/openapi/v2/tokens`, {
      method: 'POST',
      headers: { user, password, orgId },
    });
    const { data } = (await response.json()) as { data: { token: Token }[] };
    const error = await errorOf(accounts.describeCluster(data[0]?.token as Token));
    expect(error).toMatchObject({ code: 'platform.fault', exitCode: 5 });
  });
});

describe('a token of the sandbox', () => {
  it.each(['string', 'object', 'list'] as const)(
    'is renewed after its expiry, returned as a %s',
    async (renewalShape) => {
      const issuedAt = Date.now();
      const clock = { nowMs: issuedAt };
      const now = () => new Date(clock.nowMs);
      const { accounts, clientNow, token } = await start({ now, renewalShape });
      clientNow.now = now;
      await expect(accounts.isTokenAccepted(token)).resolves.toBe(true);

      clock.nowMs = issuedAt + 25 * HOUR_MS;
      await expect(accounts.isTokenAccepted(token)).resolves.toBe(false);
      const renewed = await accounts.renewToken(token);
      expect(renewed).not.toBe(token);
      await expect(accounts.isTokenAccepted(renewed)).resolves.toBe(true);
      await expect(accounts.describeCluster(renewed)).resolves.toMatchObject({ id: '11250' });

      clock.nowMs = issuedAt + 49 * HOUR_MS;
      const error = await errorOf(accounts.renewToken(token));
      expect(error).toMatchObject({
        code: 'auth.expired',
        exitCode: 4,
        details: { expiredAt: new Date(issuedAt + 24 * HOUR_MS).toISOString() },
      });
    },
  );

  it('of another sandbox is not accepted', async () => {
    const [here, other] = [await start(), await start()];
    await expect(here.accounts.isTokenAccepted(other.token)).resolves.toBe(false);
    await expect(errorOf(here.accounts.renewToken(other.token))).resolves.toMatchObject({
      code: 'auth.expired',
    });
  });
});
