import { describe, expect, it } from 'vitest';
import { isAcceptedByCluster } from '../../../src/domain/login/renewing-platform.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { codeOf } from '../../helpers/code-of.js';
import { fakePlatform } from '../../helpers/fake-platform.js';

const expired = new DeskError('auth.expired', { expiredAt: undefined });
const forbidden = new DeskError('platform.forbidden', { origin: 'o' });
const page = new DeskError('network.unusableAnswer', { endpoint: 'cluster', problem: 'HTML' });
const unreachable = new DeskError('network.unreachable', { origin: 'o', reason: 'r' });
const refusedWith = (code: string) =>
  new DeskError('platform.refused', { platformCode: code }, { platform: { code, msg: '' } });
const fault = new DeskError('platform.fault', { platformCode: '10001' });
const tooOften = new DeskError('platform.rateLimited', { retryAfterSeconds: undefined });

/** A cluster that fails with these; undefined is an answer of the platform. */
const clusterWith = (schedulers?: DeskError, list?: DeskError) =>
  fakePlatform({
    readSchedulers: async () => (schedulers === undefined ? [] : Promise.reject(schedulers)),
    listSessions: async () => (list === undefined ? [] : Promise.reject(list)),
  });

describe('a cluster', () => {
  it.each<[string, DeskError | undefined, DeskError | undefined, boolean, string[]]>([
    ['that names its schedulers takes the token', undefined, page, true, ['schedulers']],
    ['that lists sessions only takes it', page, undefined, true, ['schedulers', 'list']],
    [
      'that refuses the first only, too',
      refusedWith('10009'),
      undefined,
      true,
      ['schedulers', 'list'],
    ],
    ['that calls it expired does not', expired, undefined, false, ['schedulers']],
    ['that forbids does not', forbidden, undefined, false, ['schedulers']],
    ['that misses a right does not', refusedWith('10008'), undefined, false, ['schedulers']],
    ['that calls it expired at the list does not', page, expired, false, ['schedulers', 'list']],
  ])('%s', async (_, schedulers, list, isAccepted, calls) => {
    const platform = clusterWith(schedulers, list);
    expect(await isAcceptedByCluster(platform)).toBe(isAccepted);
    expect(platform.calls).toEqual(calls);
  });

  it.each<[string, DeskError, DeskError | undefined, string]>([
    ['shows pages only', page, page, 'network.unusableAnswer'],
    ['refuses for another reason', refusedWith('10010'), refusedWith('10010'), 'platform.refused'],
    ['is faulty', fault, undefined, 'platform.fault'],
    ['was asked too often', tooOften, undefined, 'platform.rateLimited'],
    ['cannot be reached', unreachable, undefined, 'network.unreachable'],
  ])('that %s tells nothing of the token', async (_, schedulers, list, code) => {
    expect(await codeOf(isAcceptedByCluster(clusterWith(schedulers, list)))).toBe(code);
  });
});
