import { describe, expect, it } from 'vitest';
import { judgeToken, renewLogin } from '../../../src/domain/login/renew-login.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { describeToken, type StoredLogin } from '../../../src/model/login.js';
import type { Accounts } from '../../../src/platform/accounts.js';
import { codeOf } from '../../helpers/code-of.js';
import { fakeAccounts } from '../../helpers/fake-accounts.js';
import { makeToken } from '../../helpers/make-token.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = new Date('2026-05-01T04:00:00Z');
const inMs = (leftMs: number) => new Date(NOW.getTime() + leftMs);

describe('a token', () => {
  it.each([
    ['an hour before expiry', HOUR_MS, 'good'],
    ['5 min and 1 ms before expiry', 5 * MINUTE_MS + 1, 'good'],
    ['5 min before expiry', 5 * MINUTE_MS, 'near'],
    ['1 ms before expiry', 1, 'near'],
    ['at expiry', 0, 'renewable'],
    ['23 h 59 min after expiry', -(24 * HOUR_MS - MINUTE_MS), 'renewable'],
    ['24 h after expiry', -24 * HOUR_MS, 'dead'],
    ['a week after expiry', -7 * 24 * HOUR_MS, 'dead'],
  ])('%s is %s', (_, leftMs, state) => {
    expect(judgeToken(inMs(leftMs).toISOString(), NOW)).toBe(state);
  });

  it('without an expiry time is good', () => {
    expect(judgeToken('', NOW)).toBe('good');
  });
});

const FRESH = makeToken({
  accountStatus: 'Owe',
  clusterId: '11250',
  expireTime: String(inMs(HOUR_MS).getTime()),
});
const KEY = { authUrl: 'https://api.example' as BaseUrl, accessKey: 'AK', secretKey: 'SK' };

function loginWith(changes: Partial<StoredLogin> & { leftMs?: number } = {}): StoredLogin {
  const { leftMs = -MINUTE_MS, ...fields } = changes;
  const token = makeToken({ clusterId: '11250', expireTime: String(inMs(leftMs).getTime()) });
  const platformUrl = 'https://www.example' as BaseUrl;
  return {
    ...describeToken(token, 'https://ks.example' as BaseUrl, platformUrl),
    user: 'me',
    cluster: { id: '11250', name: '昆山' },
    clusters: [
      { id: '11250', name: '昆山', token },
      { id: '20091', name: 'A区', token: makeToken({ clusterId: '20091' }) },
    ],
    ...fields,
  };
}

const tooLate = () => Promise.reject(new DeskError('auth.expired', { expiredAt: undefined }));
const afresh: Partial<Accounts> = {
  logInWithAccessKey: async () => [
    { id: '20091', name: 'A区', token: makeToken({ clusterId: '20091' }) },
    { id: '11250', name: '昆山', token: FRESH },
  ],
  describeCluster: async () => ({
    id: '11250',
    name: '昆山',
    clusterUser: 'me_1',
    apiUrls: ['https://moved.example' as BaseUrl],
  }),
};

describe('renewing a login', () => {
  it('updates the token, its claims, and its entry in the cluster list', async () => {
    const login = loginWith();
    const accounts = fakeAccounts({ renewToken: async () => FRESH });
    expect(await renewLogin(login, accounts, NOW)).toEqual({
      ...login,
      token: FRESH,
      accountStatus: 'Owe',
      expiresAt: inMs(HOUR_MS).toISOString(),
      clusters: [{ id: '11250', name: '昆山', token: FRESH }, login.clusters[1]],
    });
    expect(accounts.calls).toEqual([`renewToken ${login.token}`]);
  });

  it.each<[string, Partial<StoredLogin> & { leftMs?: number }, Partial<Accounts>, string[]]>([
    ['with a key renews the token if possible', { accessKey: KEY }, {}, ['renewToken']],
    [
      'with a key logs in again if the renewal is refused',
      { accessKey: KEY },
      { renewToken: tooLate },
      ['renewToken', 'logInWithAccessKey', 'describeCluster'],
    ],
    [
      'with a key logs in again a day after expiry',
      { accessKey: KEY, leftMs: -25 * HOUR_MS },
      {},
      ['logInWithAccessKey', 'describeCluster'],
    ],
    [
      'renews the token even a year after expiry by the local clock',
      { leftMs: -365 * 24 * HOUR_MS },
      {},
      ['renewToken'],
    ],
    ['renews a token before expiry', { leftMs: HOUR_MS }, {}, ['renewToken']],
    ['renews a token without an expiry time', { expiresAt: '' }, {}, ['renewToken']],
  ])('%s', async (_, changes, overrides, calls) => {
    const accounts = fakeAccounts({ renewToken: async () => FRESH, ...afresh, ...overrides });
    expect((await renewLogin(loginWith(changes), accounts, NOW)).token).toBe(FRESH);
    expect(accounts.calls.map((call) => call.split(' ')[0])).toEqual(calls);
  });

  it('stores the clock offset of the platform', async () => {
    const accounts = fakeAccounts({ renewToken: async () => FRESH, clockOffsetMs: () => -HOUR_MS });
    const alive = await renewLogin(loginWith(), accounts, NOW);
    expect(alive.clockOffsetMs).toBe(-HOUR_MS);
  });

  it('by key keeps the cluster and the key, and updates the API URL', async () => {
    const login = loginWith({ accessKey: KEY, leftMs: -25 * HOUR_MS });
    const alive = await renewLogin(login, fakeAccounts(afresh), NOW);
    expect(alive).toMatchObject({
      cluster: { id: '11250', name: '昆山' },
      apiUrl: 'https://moved.example',
      accessKey: KEY,
      platformUrl: 'https://www.example',
      user: 'me',
    });
  });

  it.each<[string, Partial<StoredLogin> & { leftMs?: number }, Partial<Accounts>, string, number]>([
    [
      'the platform refuses to renew a token that expired a day ago',
      { leftMs: -25 * HOUR_MS },
      { renewToken: tooLate },
      'auth.expired',
      1,
    ],
    ['there is no platform URL', { platformUrl: undefined }, {}, 'auth.expired', 0],
    [
      'there is no platform URL, even with a key',
      { platformUrl: undefined, accessKey: KEY },
      {},
      'auth.expired',
      0,
    ],
    ['the platform refuses the renewal', {}, { renewToken: tooLate }, 'auth.expired', 1],
    [
      'the platform is unreachable, even with a key',
      { accessKey: KEY },
      {
        renewToken: () =>
          Promise.reject(new DeskError('network.unreachable', { origin: 'o', reason: 'r' })),
      },
      'network.unreachable',
      1,
    ],
    [
      'the key is rejected',
      { accessKey: KEY, leftMs: -25 * HOUR_MS },
      { logInWithAccessKey: () => Promise.reject(new DeskError('auth.rejected', {})) },
      'auth.rejected',
      1,
    ],
    [
      'the account no longer has the cluster',
      { accessKey: KEY, leftMs: -25 * HOUR_MS },
      { logInWithAccessKey: async () => [{ id: '20091', name: 'A区', token: FRESH }] },
      'cluster.notFound',
      1,
    ],
  ])('fails when %s', async (_, changes, overrides, code, calls) => {
    const accounts = fakeAccounts({ renewToken: async () => FRESH, ...overrides });
    expect(await codeOf(renewLogin(loginWith(changes), accounts, NOW))).toBe(code);
    expect(accounts.calls).toHaveLength(calls);
  });
});
