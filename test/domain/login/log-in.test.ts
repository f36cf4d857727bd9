import { describe, expect, it } from 'vitest';
import { describeCluster, type LogInFacts, logIn } from '../../../src/domain/login/log-in.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import type { StoredCluster } from '../../../src/model/login.js';
import { readTokenClaims, type Token } from '../../../src/model/token.js';
import type { ClusterFacts } from '../../../src/platform/accounts.js';
import { codeOf } from '../../helpers/code-of.js';
import { fakeAccounts } from '../../helpers/fake-accounts.js';
import { makeToken } from '../../helpers/make-token.js';

const END = '2026-05-02T00:00:00.000Z';
const tokenOf = (clusterId: string) =>
  makeToken({
    clusterId,
    user: 'claimed',
    computeUser: 'claimed_1',
    accountStatus: 'Trial',
    expireTime: String(Date.parse(END)),
  });
const cluster = (id: string, name: string): StoredCluster => ({ id, name, token: tokenOf(id) });
const KUNSHAN = cluster('11250', '华东一区【昆山】');
const ZONE_A = cluster('20091', '华中一区【A区】');
const AI_ONLY = cluster('77', '智算中心');
const OFF: StoredCluster = { id: '30', name: '乌镇', token: undefined };

const URLS: Readonly<Record<string, readonly string[]>> = {
  '11250': ['https://ks.example:65051', 'https://ks2.example:65051'],
  '20091': ['https://zz.example:65051'],
  '77': [],
};

function start(facts: Partial<LogInFacts> = {}, center: Partial<ClusterFacts> = {}) {
  const asked: (string | undefined)[] = [];
  const accounts = fakeAccounts({
    clockOffsetMs: () => -7_200_000,
    async describeCluster(token: Token) {
      const id = readTokenClaims(token).clusterId ?? '';
      asked.push(id);
      const apiUrls = (URLS[id] ?? []) as readonly BaseUrl[];
      return { id, name: `center ${id}`, clusterUser: 'cluster_user', apiUrls, ...center };
    },
  });
  const run = (...tokens: StoredCluster[]) =>
    logIn(tokens, {
      accounts,
      platformUrl: 'https://www.example' as BaseUrl,
      allowsHttp: false,
      user: 'me',
      clusterSelector: undefined,
      accessKey: undefined,
      pickCluster: undefined,
      ...facts,
    });
  return { run, asked };
}

describe('logging in', () => {
  it('returns everything known about the only usable cluster', async () => {
    const { run } = start();
    expect(await run(KUNSHAN, OFF)).toEqual({
      token: KUNSHAN.token,
      apiUrl: 'https://ks.example:65051',
      otherApiUrls: ['https://ks2.example:65051'],
      platformUrl: 'https://www.example',
      allowsHttp: false,
      user: 'me',
      clusterUser: 'cluster_user',
      cluster: { id: '11250', name: '华东一区【昆山】' },
      accountStatus: 'Trial',
      expiresAt: END,
      clockOffsetMs: -7_200_000,
      clusters: [KUNSHAN, OFF],
      accessKey: undefined,
    });
  });

  it('takes users from the token claims if they are not known otherwise', async () => {
    const { run } = start({ user: '' }, { clusterUser: '' });
    const login = await run(KUNSHAN);
    expect([login.user, login.clusterUser]).toEqual(['claimed', 'claimed_1']);
  });

  it('takes the name from the cluster if the login response has none', async () => {
    const login = await start().run(cluster('11250', ''));
    expect(login.cluster.name).toBe('center 11250');
  });

  it('skips clusters without desktops', async () => {
    const login = await start().run(AI_ONLY, KUNSHAN, OFF);
    expect(login.cluster.id).toBe('11250');
  });

  it('queries only the selected cluster', async () => {
    const { run, asked } = start({ clusterSelector: 'A区' });
    expect((await run(KUNSHAN, ZONE_A, AI_ONLY)).cluster.id).toBe('20091');
    expect(asked).toEqual(['20091']);
  });

  it.each<[string, string | undefined, StoredCluster[], string, string[]]>([
    ['several are usable', undefined, [KUNSHAN, ZONE_A], 'cluster.ambiguous', ['11250', '20091']],
    ['the selector is ambiguous', '区', [KUNSHAN, ZONE_A], 'cluster.ambiguous', ['11250', '20091']],
    ['the selector has no match', '哈尔滨', [KUNSHAN, ZONE_A], 'cluster.notFound', []],
    ['the selected cluster is disabled', '乌镇', [KUNSHAN, OFF], 'cluster.disabled', []],
    ['the selected cluster has no desktops', '77', [KUNSHAN, AI_ONLY], 'cluster.notFound', ['77']],
    ['no cluster has desktops', undefined, [AI_ONLY], 'cluster.notFound', ['77']],
    ['every cluster is disabled', undefined, [OFF], 'cluster.notFound', []],
    ['there is no cluster', undefined, [], 'cluster.notFound', []],
  ])('fails when %s', async (_, clusterSelector, tokens, code, askedFor) => {
    const { run, asked } = start({ clusterSelector });
    expect(await codeOf(run(...tokens))).toBe(code);
    expect(asked).toEqual(askedFor);
  });

  it('lets the user pick if several are usable', async () => {
    const offered: (readonly string[])[] = [];
    const pickCluster = async (names: readonly string[]) => offered.push(names);
    const { run } = start({ pickCluster });
    expect((await run(KUNSHAN, AI_ONLY, ZONE_A, OFF)).cluster.id).toBe('20091');
    expect(offered).toEqual([['华东一区【昆山】 (11250)', '华中一区【A区】 (20091)']]);
  });

  it('does not prompt if there is no choice', async () => {
    const pickCluster = async () => {
      throw new Error('asked');
    };
    expect((await start({ pickCluster }).run(KUNSHAN, AI_ONLY)).cluster.id).toBe('11250');
    const request = { pickCluster, clusterSelector: '20091' };
    expect((await start(request).run(KUNSHAN, ZONE_A)).cluster.id).toBe('20091');
  });

  it('rethrows the error of the cluster', async () => {
    const refused = new DeskError('platform.refused', { platformCode: '10009' });
    const accounts = fakeAccounts({ describeCluster: () => Promise.reject(refused) });
    await expect(start({ accounts }).run(KUNSHAN)).rejects.toBe(refused);
  });
});

describe('describeCluster', () => {
  it('returns id and name of the cluster of a token', async () => {
    const accounts = fakeAccounts();
    const token = tokenOf('1');
    expect(await describeCluster(accounts, token)).toEqual({ id: '1', name: 'one', token });
  });
});
