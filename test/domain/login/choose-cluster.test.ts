import { describe, expect, it } from 'vitest';
import {
  chooseCluster,
  describeClusters,
  matchClusters,
} from '../../../src/domain/login/choose-cluster.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { describeToken } from '../../../src/model/login.js';
import { errorFrom } from '../../helpers/error-from.js';
import { makeToken } from '../../helpers/make-token.js';

const usable = (id: string, name: string) => ({ id, name, isUsable: true });
const disabled = (id: string, name: string) => ({ id, name, isUsable: false });

const CLUSTERS = [
  usable('11250', '华东一区【昆山】'),
  usable('20091', '华中一区【A区】'),
  usable('11', '核心节点【分区一】'),
  usable('12', '核心节点【分区二】'),
  disabled('30', '华东三区【乌镇】'),
];

describe('the selected cluster', () => {
  it.each([
    ['its id', '11250', '11250'],
    ['its id, even if it is a prefix of another id', '11', '11'],
    ['its full name', '华东一区【昆山】', '11250'],
    ['part of its name', '昆山', '11250'],
    ['its name with ASCII brackets', '华东一区[昆山]', '11250'],
    ['its name with other full-width brackets', '华东一区［昆山］', '11250'],
    ['its name with a space for a bracket (no match)', '华东一区 昆山', undefined],
    ['its name with a space before the bracket', '华东一区 【昆山】', '11250'],
    ['letters in another case', 'a区', '20091'],
    ['full-width letters', 'Ａ区', '20091'],
    ['part of its name that a disabled cluster shares', '华东', '11250'],
  ])('is found by %s', (_, selector, id) => {
    if (id === undefined) expect(matchClusters(CLUSTERS, selector)).toEqual([]);
    else expect(chooseCluster(CLUSTERS, selector).id).toBe(id);
  });

  it('is the only usable one without a selector', () => {
    const clusters = [usable('1', 'one'), disabled('2', 'two')];
    expect(chooseCluster(clusters, undefined).id).toBe('1');
  });

  it.each([
    ['part of no name', '哈尔滨', 'cluster.notFound', 3],
    ['part of an id', '1125', 'cluster.notFound', 3],
    ['an empty string, as from an unset variable', '', 'cluster.notFound', 3],
    ['a space', ' ', 'cluster.notFound', 3],
    ['part of several names', '核心节点', 'cluster.ambiguous', 2],
    ['no selector if several are usable', undefined, 'cluster.ambiguous', 2],
    ['a disabled cluster', '乌镇', 'cluster.disabled', 5],
    ['the id of a disabled cluster', '30', 'cluster.disabled', 5],
  ] as const)('is an error for %s', (_, selector, code, exitCode) => {
    const error = errorFrom(() => chooseCluster(CLUSTERS, selector));
    expect([error.code, error.exitCode]).toEqual([code, exitCode]);
  });

  it('is an error that lists all matches with their ids', () => {
    const { details } = errorFrom(() => chooseCluster(CLUSTERS, '核心'));
    expect(details).toEqual({
      selector: '核心',
      matches: ['核心节点【分区一】 (11)', '核心节点【分区二】 (12)'],
    });
  });

  it.each([
    ['昆三', '昆山'],
    ['华东一取', '华东一区'],
    ['1125', '11250'],
    ['核心节点【分区山】', '核心节点【分区一】'],
    ['哈尔滨', undefined],
    ['', undefined],
    [' ', undefined],
  ])('%j has no match, and the suggestion is %s', (selector, suggestion) => {
    const { details } = errorFrom(() => chooseCluster(CLUSTERS, selector));
    expect(details).toEqual({ selector, suggestion });
  });

  it.each([
    ['no cluster', []],
    ['only disabled clusters', [disabled('30', '乌镇')]],
  ])('is cluster.notFound for an account with %s', (_, clusters) => {
    expect(errorFrom(() => chooseCluster(clusters, undefined)).code).toBe('cluster.notFound');
  });
});

const login = describeToken(
  makeToken({ clusterId: '11250', accountStatus: 'Trial' }),
  'https://one.example' as BaseUrl,
  undefined,
);

describe('the clusters of a login', () => {
  it('are all clusters of the account, with the current and disabled ones marked', () => {
    const clusters = [
      { id: '11250', name: '昆山', token: makeToken({ accountStatus: 'Normal' }) },
      { id: '20091', name: 'A区', token: makeToken({ accountStatus: 'Owe' }) },
      { id: '30', name: '乌镇', token: undefined },
      { id: '31', name: '雄衡', token: makeToken({}) },
    ];
    expect(describeClusters({ ...login, clusters })).toEqual([
      { id: '11250', name: '昆山', usable: true, current: true, accountStatus: 'Normal' },
      { id: '20091', name: 'A区', usable: true, current: false, accountStatus: 'Owe' },
      { id: '30', name: '乌镇', usable: false, current: false, accountStatus: '' },
      { id: '31', name: '雄衡', usable: true, current: false, accountStatus: '' },
    ]);
  });

  it('are only the cluster of the token if nothing else is known', () => {
    expect(describeClusters(login)).toEqual([
      { id: '11250', name: '', usable: true, current: true, accountStatus: 'Trial' },
    ]);
  });
});
