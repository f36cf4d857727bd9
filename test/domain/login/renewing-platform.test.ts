import { describe, expect, it } from 'vitest';
import {
  createRenewingPlatform,
  isAcceptedByCluster,
} from '../../../src/domain/login/renewing-platform.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { type CurrentLogin, describeToken } from '../../../src/model/login.js';
import type { Token } from '../../../src/model/token.js';
import { codeOf } from '../../helpers/code-of.js';
import { fakePlatform } from '../../helpers/fake-platform.js';

const NOW = new Date('2026-05-01T04:00:00Z');
const HOUR_MS = 3_600_000;

const expired = new DeskError('auth.expired', { expiredAt: undefined });
const refused = new DeskError(
  'platform.refused',
  { platformCode: '10008' },
  { platform: { code: '10008', msg: '权限不足' } },
);
const forbidden = new DeskError('platform.forbidden', { origin: 'o' });
const unreachable = new DeskError('network.unreachable', { origin: 'o', reason: 'r' });
const busy = new DeskError('platform.busy', {}, { platform: { code: '815201', msg: '' } });

function loginWith(token: string, leftMs: number | undefined): CurrentLogin {
  const expiresAt = leftMs === undefined ? '' : new Date(NOW.getTime() + leftMs).toISOString();
  const platformUrl = 'https://www.example' as BaseUrl;
  const login = describeToken(token as Token, 'https://ks.example' as BaseUrl, platformUrl);
  return { ...login, expiresAt, profile: 'default', tokenSource: 'file' };
}

/** Lists sessions with a token that expires in `leftMs`; an answer is the error to throw, or undefined for success. */
async function list(
  leftMs: number | undefined,
  answers: {
    readonly old?: unknown;
    readonly fresh?: unknown;
    readonly renewal?: unknown;
    /** The login has no platform URL, so its token cannot be renewed. */
    readonly isFixed?: boolean;
    /** How far the platform's clock is ahead of the local one, as learned from the renewal response. */
    readonly offsetMs?: number;
  },
) {
  const log: string[] = [];
  let offsetMs = 0;
  const platform = createRenewingPlatform({
    login: { ...loginWith('old', leftMs), ...(answers.isFixed && { platformUrl: undefined }) },
    now: () => new Date(NOW.getTime() + offsetMs),
    onCall: () => log.push('call'),
    open: ({ token }) =>
      fakePlatform({
        async listSessions() {
          log.push(`list ${token}`);
          const error = token === 'old' ? answers.old : answers.fresh;
          if (error !== undefined) throw error;
          return [];
        },
        async close() {
          log.push(`close ${token}`);
        },
      }),
    async renew({ token }) {
      log.push(`renew ${token}`);
      offsetMs = answers.offsetMs ?? 0;
      if (answers.renewal !== undefined) throw answers.renewal;
      return loginWith('fresh', HOUR_MS);
    },
  });
  const code = await codeOf(platform.listSessions());
  const used = log.filter((entry) => entry !== 'call');
  return { code, log: used, platform, all: log };
}

describe('a call with a token', () => {
  it.each<[string, number | undefined, Parameters<typeof list>[1], string, string[]]>([
    ['that is valid', HOUR_MS, {}, 'none', ['list old']],
    ['without an expiry time', undefined, {}, 'none', ['list old']],
    ['close to expiry', 60_000, {}, 'none', ['renew old', 'close old', 'list fresh']],
    [
      'close to expiry, if the renewal is refused',
      60_000,
      { renewal: expired },
      'none',
      ['renew old', 'list old'],
    ],
    [
      'close to expiry, if the renewal request fails',
      60_000,
      { renewal: unreachable },
      'none',
      ['renew old', 'list old'],
    ],
    ['just after expiry', -60_000, {}, 'none', ['renew old', 'close old', 'list fresh']],
    [
      'just after expiry, if the renewal is refused',
      -60_000,
      { renewal: expired },
      'auth.expired',
      ['renew old'],
    ],
    [
      'just after expiry, if the renewal request fails',
      -60_000,
      { renewal: unreachable },
      'network.unreachable',
      ['renew old'],
    ],
    [
      'long after expiry, if the renewal is refused',
      -25 * HOUR_MS,
      { renewal: expired },
      'auth.expired',
      ['renew old'],
    ],
    [
      'that is refused before expiry',
      HOUR_MS,
      { old: refused },
      'none',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused with 401',
      undefined,
      { old: expired },
      'none',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused with 403',
      HOUR_MS,
      { old: forbidden },
      'none',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused with 403 again after the renewal',
      HOUR_MS,
      { old: forbidden, fresh: forbidden },
      'platform.forbidden',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused again after the renewal',
      HOUR_MS,
      { old: refused, fresh: refused },
      'platform.refused',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused, if the renewal is refused too',
      HOUR_MS,
      { old: refused, renewal: expired },
      'auth.expired',
      ['list old', 'renew old'],
    ],
    [
      'that is refused and cannot be renewed',
      HOUR_MS,
      { old: refused, isFixed: true },
      'platform.refused',
      ['list old'],
    ],
    [
      'long after expiry by the local clock, if it cannot be renewed',
      -25 * HOUR_MS,
      { isFixed: true },
      'none',
      ['list old'],
    ],
    [
      'expired by the local clock only, if the renewal is refused',
      -25 * HOUR_MS,
      { renewal: expired, offsetMs: -26 * HOUR_MS },
      'none',
      ['renew old', 'list old'],
    ],
    [
      'that is refused, if the renewal request fails',
      HOUR_MS,
      { old: refused, renewal: unreachable },
      'network.unreachable',
      ['list old', 'renew old'],
    ],
    ['that fails with an unrelated error', HOUR_MS, { old: busy }, 'platform.busy', ['list old']],
  ])('%s', async (_, leftMs, answers, code, log) => {
    const result = await list(leftMs, answers);
    expect([result.code, result.log]).toEqual([code, log]);
  });

  it('calls onCall once, including the renewal', async () => {
    expect((await list(HOUR_MS, { old: refused })).all[0]).toBe('call');
    expect((await list(HOUR_MS, { old: refused })).all.filter((entry) => entry === 'call')).toEqual(
      ['call'],
    );
  });

  it('uses the renewed token from then on', async () => {
    const { platform, all } = await list(-60_000, {});
    all.length = 0;
    await platform.listSessions();
    expect(all).toEqual(['call', 'list fresh']);
  });

  it('closes both platforms that it opened', async () => {
    const { platform, all } = await list(-60_000, {});
    await platform.close();
    expect(all.filter((entry) => entry.startsWith('close'))).toEqual(['close old', 'close fresh']);
  });
});

const page = new DeskError('network.unusableAnswer', { endpoint: 'cluster', problem: 'HTML' });
const refusedWith = (code: string) =>
  new DeskError('platform.refused', { platformCode: code }, { platform: { code, msg: '' } });
const fault = new DeskError('platform.fault', { platformCode: '10001' });
const tooOften = new DeskError('platform.rateLimited', { retryAfterSeconds: undefined });

/** A cluster whose requests fail with these errors; undefined means success. */
const clusterWith = (schedulers?: DeskError, list?: DeskError) =>
  fakePlatform({
    readSchedulers: async () => (schedulers === undefined ? [] : Promise.reject(schedulers)),
    listSessions: async () => (list === undefined ? [] : Promise.reject(list)),
  });

describe('a cluster', () => {
  it.each<[string, DeskError | undefined, DeskError | undefined, boolean, string[]]>([
    ['that lists its schedulers accepts the token', undefined, page, true, ['schedulers']],
    ['that only lists sessions accepts it', page, undefined, true, ['schedulers', 'list']],
    [
      'that refuses only the scheduler request accepts it',
      refusedWith('10009'),
      undefined,
      true,
      ['schedulers', 'list'],
    ],
    ['that reports auth.expired rejects it', expired, undefined, false, ['schedulers']],
    ['that reports platform.forbidden rejects it', forbidden, undefined, false, ['schedulers']],
    ['that reports code 10008 rejects it', refusedWith('10008'), undefined, false, ['schedulers']],
    ['that lists with auth.expired rejects it', page, expired, false, ['schedulers', 'list']],
  ])('%s', async (_, schedulers, list, isAccepted, calls) => {
    const platform = clusterWith(schedulers, list);
    expect(await isAcceptedByCluster(platform)).toBe(isAccepted);
    expect(platform.calls).toEqual(calls);
  });

  it.each<[string, DeskError, DeskError | undefined, string]>([
    ['returns only HTML pages', page, page, 'network.unusableAnswer'],
    ['refuses for another reason', refusedWith('10010'), refusedWith('10010'), 'platform.refused'],
    ['has an internal error', fault, undefined, 'platform.fault'],
    ['limits the request rate', tooOften, undefined, 'platform.rateLimited'],
    ['is unreachable', unreachable, undefined, 'network.unreachable'],
  ])('that %s neither accepts nor rejects the token', async (_, schedulers, list, code) => {
    expect(await codeOf(isAcceptedByCluster(clusterWith(schedulers, list)))).toBe(code);
  });
});
