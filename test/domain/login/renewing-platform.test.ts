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

/** Lists sessions with a token that stands where it is told to; answers are by token, undefined for success. */
async function list(
  leftMs: number | undefined,
  answers: {
    readonly old?: unknown;
    readonly fresh?: unknown;
    readonly renewal?: unknown;
    /** Nobody said where the token can be renewed. */
    readonly isFixed?: boolean;
    /** What the answer to the renewal shows of the platform's clock, ahead of ours. */
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
    ['that is good', HOUR_MS, {}, 'none', ['list old']],
    ['that names no end', undefined, {}, 'none', ['list old']],
    ['near its end', 60_000, {}, 'none', ['renew old', 'close old', 'list fresh']],
    [
      'near its end, when no renewal is possible',
      60_000,
      { renewal: expired },
      'none',
      ['renew old', 'list old'],
    ],
    [
      'near its end, when the renewal cannot be reached',
      60_000,
      { renewal: unreachable },
      'none',
      ['renew old', 'list old'],
    ],
    ['just over', -60_000, {}, 'none', ['renew old', 'close old', 'list fresh']],
    ['just over, and not renewed', -60_000, { renewal: expired }, 'auth.expired', ['renew old']],
    [
      'just over, when the renewal cannot be reached',
      -60_000,
      { renewal: unreachable },
      'network.unreachable',
      ['renew old'],
    ],
    ['long over', -25 * HOUR_MS, { renewal: expired }, 'auth.expired', ['renew old']],
    [
      'that is refused, though its time is not over',
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
      'that is refused with 403 once more after the renewal',
      HOUR_MS,
      { old: forbidden, fresh: forbidden },
      'platform.forbidden',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused once more after the renewal',
      HOUR_MS,
      { old: refused, fresh: refused },
      'platform.refused',
      ['list old', 'renew old', 'close old', 'list fresh'],
    ],
    [
      'that is refused, and so is its renewal',
      HOUR_MS,
      { old: refused, renewal: expired },
      'auth.expired',
      ['list old', 'renew old'],
    ],
    [
      'that is refused, where nobody can renew it: the refusal stands',
      HOUR_MS,
      { old: refused, isFixed: true },
      'platform.refused',
      ['list old'],
    ],
    [
      'long over by our clock, where nobody can renew it',
      -25 * HOUR_MS,
      { isFixed: true },
      'none',
      ['list old'],
    ],
    [
      'over by our clock, and not renewed, while by the platform’s it is good',
      -25 * HOUR_MS,
      { renewal: expired, offsetMs: -26 * HOUR_MS },
      'none',
      ['renew old', 'list old'],
    ],
    [
      'that is refused, when the renewal cannot be reached',
      HOUR_MS,
      { old: refused, renewal: unreachable },
      'network.unreachable',
      ['list old', 'renew old'],
    ],
    ['whose answer is of another kind', HOUR_MS, { old: busy }, 'platform.busy', ['list old']],
  ])('%s', async (_, leftMs, answers, code, log) => {
    const result = await list(leftMs, answers);
    expect([result.code, result.log]).toEqual([code, log]);
  });

  it('starts one budget, the renewal included', async () => {
    expect((await list(HOUR_MS, { old: refused })).all[0]).toBe('call');
    expect((await list(HOUR_MS, { old: refused })).all.filter((entry) => entry === 'call')).toEqual(
      ['call'],
    );
  });

  it('goes with the fresh token from then on', async () => {
    const { platform, all } = await list(-60_000, {});
    all.length = 0;
    await platform.listSessions();
    expect(all).toEqual(['call', 'list fresh']);
  });

  it('closes what it opened', async () => {
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
