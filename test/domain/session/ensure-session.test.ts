import { describe, expect, it } from 'vitest';
import {
  delayAfter,
  ensureSession,
  findOrCreateSession,
  waitUntilFree,
} from '../../../src/domain/session/ensure-session.js';
import type { ErrorCode, ErrorDetails } from '../../../src/errors/codes.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { StatusMessage } from '../../../src/model/status.js';
import { codeOf } from '../../helpers/code-of.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakePlatform } from '../../helpers/fake-platform.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const OTHER = { ...EXAMPLE_SESSION, sessionId: 'gv202--test_1215--SIG--1' };
const endpoint = { endpoint: 'vnc-list', problem: 'HTTP 404' };
const origin = { origin: 'https://zzhpc.example:65051' };

describe('a session', () => {
  it.each([
    ['was created if none was listed before', [], true],
    ['was created if only another one was listed before', [OTHER], true],
    ['was found if it was listed before', [OTHER, EXAMPLE_SESSION], false],
  ])('%s', async (_, before, created) => {
    const platform = fakePlatform({ listSessions: async () => before });
    expect(await ensureSession(platform)).toEqual({ ...EXAMPLE_SESSION, created });
    expect(platform.calls).toEqual(['list', 'create']);
  });

  it('has created: null without a list request if the caller does not need it', async () => {
    const platform = fakePlatform({ listSessions: async () => [] });
    expect(await ensureSession(platform, false)).toEqual({ ...EXAMPLE_SESSION, created: null });
    expect(platform.calls).toEqual(['create']);
  });

  it.each([
    new DeskError('network.unusableAnswer', endpoint),
    new DeskError('platform.refused', { platformCode: '10009' }),
    new DeskError('platform.fault', { platformCode: '10001' }),
    new DeskError('platform.rateLimited', { retryAfterSeconds: undefined }),
    new DeskError('unsafe.value', { field: 'ip', value: 'x' }),
  ])('has created: null if the list fails with $code', async (error) => {
    const platform = fakePlatform({ listSessions: () => Promise.reject(error) });
    expect((await ensureSession(platform)).created).toBeNull();
  });

  it.each([
    new DeskError('auth.expired', { expiredAt: undefined }),
    new DeskError('network.unreachable', { ...origin, reason: 'ECONNREFUSED' }),
    new DeskError('network.timeout', { ...origin, timeoutMs: 1000 }),
    new DeskError('network.tls', { ...origin, reason: 'CERT_HAS_EXPIRED' }),
    new DeskError('network.redirect', { ...origin, status: 302, target: '' }),
    new TypeError('a bug'),
  ])('is not created if the list fails with $message', async (error) => {
    const platform = fakePlatform({ listSessions: () => Promise.reject(error) });
    await expect(ensureSession(platform)).rejects.toBe(error);
    expect(platform.calls).toEqual(['list']);
  });

  it('is not returned if the creation fails', async () => {
    const busy = new DeskError('platform.busy', {});
    const platform = fakePlatform({ createSession: () => Promise.reject(busy) });
    await expect(ensureSession(platform)).rejects.toBe(busy);
  });
});

describe('the session to connect to', () => {
  it.each([
    ['is created or found with one request without a selector', undefined, true, ['create']],
    ['is only listed with a selector', 'gv101', true, ['list']],
    ['is only listed if none may be created', undefined, false, ['list']],
  ])('%s', async (_, selector, mayCreate, calls) => {
    const platform = fakePlatform();
    const { sessionId } = await findOrCreateSession(platform, selector, mayCreate);
    expect(sessionId).toBe(EXAMPLE_SESSION.sessionId);
    expect(platform.calls).toEqual(calls);
  });

  it('is not created for a selector without a match', async () => {
    const platform = fakePlatform();
    await expect(findOrCreateSession(platform, 'gv303', true)).rejects.toMatchObject({
      code: 'session.notFound',
    });
    expect(platform.calls).toEqual(['list']);
  });
});

const BUSY = new DeskError('platform.busy', {}, { platform: { code: '815201', msg: '过载' } });
const rateLimited = (retryAfterSeconds?: number) =>
  new DeskError('platform.rateLimited', { retryAfterSeconds });

/** Fails with each error in turn and then succeeds; the clock advances only in `sleep`. */
function wait(errors: readonly unknown[], limitMs = 600_000, controller = new AbortController()) {
  const clock = createManualClock();
  const startedAtMs = clock.now().getTime();
  const states: StatusMessage[] = [];
  const triedAtMs: number[] = [];
  const result = waitUntilFree(
    async () => {
      triedAtMs.push(clock.now().getTime() - startedAtMs);
      const error = errors[triedAtMs.length - 1];
      if (error !== undefined) throw error;
      return 'session';
    },
    {
      limitMs,
      signal: controller.signal,
      now: clock.now,
      sleep: clock.sleep,
      random: () => 0.5,
      report: (state) => states.push(state),
    },
  );
  return { result, states, triedAtMs, clock };
}

describe('the delay after a busy answer', () => {
  it.each([
    [1, 0, 4_000],
    [1, 0.5, 5_000],
    [1, 1, 6_000],
    [2, 0.5, 10_000],
    [3, 0.5, 20_000],
    [4, 0.5, 40_000],
    [5, 0.5, 60_000],
    [5, 0, 48_000],
    [5, 1, 72_000],
    [2_000, 0.5, 60_000],
  ])('number %i with the random value %f is %i ms', (tries, random, delayMs) => {
    expect(delayAfter(tries, random)).toBe(delayMs);
  });
});

describe('waiting for a free node', () => {
  it('resolves with the first success after increasing delays', async () => {
    const { result, triedAtMs } = wait([BUSY, BUSY, rateLimited()]);
    await expect(result).resolves.toBe('session');
    expect(triedAtMs).toEqual([0, 5_000, 15_000, 35_000]);
  });

  it('does not wait if the first attempt succeeds', async () => {
    const { result, states } = wait([]);
    await expect(result).resolves.toBe('session');
    expect(states).toEqual([]);
  });

  it('honours the Retry-After of the platform if it is longer', async () => {
    const { result, triedAtMs } = wait([rateLimited(30), rateLimited(1)]);
    await result;
    expect(triedAtMs).toEqual([0, 30_000, 40_000]);
  });

  it('reports reason, attempts and times once a second', async () => {
    const { result, states } = wait([rateLimited(), BUSY], 60_000);
    await result;
    const common = { kind: 'waiting', reason: 'rateLimited', tries: 1 };
    expect(states.slice(0, 5)).toEqual([
      { ...common, elapsedMs: 0, nextTryInMs: 5_000, remainingMs: 60_000 },
      { ...common, elapsedMs: 1_000, nextTryInMs: 4_000, remainingMs: 59_000 },
      { ...common, elapsedMs: 2_000, nextTryInMs: 3_000, remainingMs: 58_000 },
      { ...common, elapsedMs: 3_000, nextTryInMs: 2_000, remainingMs: 57_000 },
      { ...common, elapsedMs: 4_000, nextTryInMs: 1_000, remainingMs: 56_000 },
    ]);
    expect(states[5]).toEqual({
      kind: 'waiting',
      reason: 'busy',
      tries: 2,
      elapsedMs: 5_000,
      nextTryInMs: 10_000,
      remainingMs: 55_000,
    });
    expect(states).toHaveLength(15);
  });

  it.each<[string, number, unknown, number[]]>([
    ['after a last attempt at the limit', 12_000, BUSY, [0, 5_000, 12_000]],
    ['after a last attempt if the first delay is longer than the limit', 4_000, BUSY, [0, 4_000]],
    ['at once if Retry-After is longer than the remaining time', 60_000, rateLimited(61), [0]],
    [
      'after a last attempt if Retry-After equals the remaining time',
      60_000,
      rateLimited(60),
      [0, 60_000],
    ],
  ])('gives up %s', async (_, limitMs, error, tried) => {
    const { result, triedAtMs } = wait(Array(9).fill(error), limitMs);
    await expect(result).rejects.toBe(error);
    expect(triedAtMs).toEqual(tried);
  });

  it('gives up with the last error of the platform', async () => {
    const { result } = wait(Array(99).fill(BUSY), 30_000);
    await expect(result).rejects.toMatchObject({ exitCode: 10, platform: { msg: '过载' } });
  });

  it.each<[ErrorCode, ErrorDetails[ErrorCode]]>([
    ['platform.refused', { platformCode: '10009' }],
    ['platform.fault', { platformCode: '815008' }],
    ['network.unreachable', { origin: 'o', reason: 'ECONNREFUSED' }],
    ['auth.expired', { expiredAt: undefined }],
    ['unsafe.value', { field: 'ip', value: 'x' }],
  ])('rejects at once with %s', async (code, details) => {
    const { result, triedAtMs } = wait([BUSY, new DeskError(code, details)]);
    expect(await codeOf(result)).toBe(code);
    expect(triedAtMs).toHaveLength(2);
  });

  it('rejects at once with an error that is not a DeskError', async () => {
    await expect(wait([new TypeError('bug')]).result).rejects.toThrow('bug');
  });

  it('is stopped by the abort signal between two attempts', async () => {
    const controller = new AbortController();
    const { result, triedAtMs, states } = wait([BUSY, BUSY], 60_000, controller);
    const stopped = result.catch((error: unknown) => error);
    while (states.length < 3) await new Promise(setImmediate);
    controller.abort(new Error('Ctrl-C'));
    expect(await stopped).toMatchObject({ message: 'Ctrl-C' });
    expect(triedAtMs).toHaveLength(1);
    expect(states.at(-1)).toEqual({ kind: 'waitStopped', mayExist: false });
  });
});
