import { describe, expect, it } from 'vitest';
import { ensureSession, findOrCreateSession } from '../../../src/domain/session/ensure-session.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakePlatform } from '../../helpers/fake-platform.js';

const OTHER = { ...EXAMPLE_SESSION, sessionId: 'gv202--test_1215--SIG--1' };
const endpoint = { endpoint: 'vnc-list', problem: 'HTTP 404' };
const origin = { origin: 'https://zzhpc.example:65051' };

describe('a session', () => {
  it.each([
    ['was created when there was none before', [], true],
    ['was created when only another one was there before', [OTHER], true],
    ['was found when it was there before', [OTHER, EXAMPLE_SESSION], false],
  ])('%s', async (_, before, created) => {
    const platform = fakePlatform({ listSessions: async () => before });
    expect(await ensureSession(platform)).toEqual({ ...EXAMPLE_SESSION, created });
    expect(platform.calls).toEqual(['list', 'create']);
  });

  it('may have been created or found when nobody wants to know, and then nobody is asked', async () => {
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
  ])('may have been created or found when the list fails with $code', async (error) => {
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
  ])('is not asked for when the list fails with $message', async (error) => {
    const platform = fakePlatform({ listSessions: () => Promise.reject(error) });
    await expect(ensureSession(platform)).rejects.toBe(error);
    expect(platform.calls).toEqual(['list']);
  });

  it('is not made up when the creation fails', async () => {
    const busy = new DeskError('platform.busy', {});
    const platform = fakePlatform({ createSession: () => Promise.reject(busy) });
    await expect(ensureSession(platform)).rejects.toBe(busy);
  });
});

describe('the session to connect to', () => {
  it.each([
    ['is created or found, by one request, when none is named', undefined, true, ['create']],
    ['is only looked for when it is named', 'gv101', true, ['list']],
    ['is only looked for when none may be created', undefined, false, ['list']],
  ])('%s', async (_, selector, mayCreate, calls) => {
    const platform = fakePlatform();
    const { sessionId } = await findOrCreateSession(platform, { selector, mayCreate });
    expect(sessionId).toBe(EXAMPLE_SESSION.sessionId);
    expect(platform.calls).toEqual(calls);
  });

  it('is never created for a name that does not fit', async () => {
    const platform = fakePlatform();
    const request = { selector: 'gv303', mayCreate: true };
    await expect(findOrCreateSession(platform, request)).rejects.toMatchObject({
      code: 'session.notFound',
    });
    expect(platform.calls).toEqual(['list']);
  });
});
