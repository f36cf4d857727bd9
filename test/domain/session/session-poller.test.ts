import { describe, expect, it } from 'vitest';
import { createSessionPoller, watchSession } from '../../../src/domain/session/session-poller.js';
import { DeskError } from '../../../src/errors/desk-error.js';
import type { Session } from '../../../src/model/session.js';
import { EXAMPLE_SESSION } from '../../helpers/example-session.js';
import { fakePlatform } from '../../helpers/fake-platform.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const { signal } = new AbortController();
const HERE = [EXAMPLE_SESSION];
const OTHERS = [{ ...EXAMPLE_SESSION, sessionId: 'other' }];
const DOWN = new DeskError('network.unreachable', { origin: 'https://x', reason: 'refused' });
const EXPIRED = new DeskError('auth.expired', { expiredAt: undefined });

/** A poller for a platform that gives these answers in turn. */
function pollerOver(answers: readonly (readonly Session[] | Error)[], wasListed = true) {
  const left = [...answers];
  const clock = createManualClock();
  const platform = fakePlatform({
    async listSessions() {
      const answer = left.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const { sleep } = clock;
  return {
    poll: createSessionPoller(platform, EXAMPLE_SESSION, sleep, wasListed),
    clock,
    platform,
  };
}

it.each([
  ['listed', 'is in the list', [HERE]],
  ['gone', 'is missing twice', [OTHERS, []]],
  ['listed', 'is missing from one answer only', [[], HERE]],
  ['unknown', 'is missing, and then the request fails', [[], DOWN]],
  ['unknown', 'cannot be listed: no network', [DOWN]],
  ['unknown', 'cannot be listed: expired token', [EXPIRED]],
] as const)('%s: a session that %s', async (presence, _situation, answers) => {
  expect(await pollerOver(answers).poll(signal)).toBe(presence);
});

it('a session that was never listed is unknown, not gone', async () => {
  const poller = pollerOver([[], [], HERE, [], []], false);
  expect(await poller.poll(signal)).toBe('unknown');
  expect(await poller.poll(signal)).toBe('unknown');
  expect(await poller.poll(signal)).toBe('listed');
  expect(await poller.poll(signal)).toBe('gone');
});

it('waits 2 s before it checks a missing session again', async () => {
  const poller = pollerOver([[], []]);
  await poller.poll(signal);
  expect(poller.clock.slept).toEqual([2_000]);
});

it('concurrent polls share one request', async () => {
  const poller = pollerOver([HERE, HERE]);
  await Promise.all([poller.poll(signal), poller.poll(signal)]);
  expect(poller.platform.calls).toEqual(['list']);
});

it('rethrows an error that is not a DeskError', async () => {
  const bug = new TypeError('a bug');
  await expect(pollerOver([bug]).poll(signal)).rejects.toBe(bug);
});

const WIDER: Session = { ...EXAMPLE_SESSION, widthPx: 2560 };
const OTHER: Session = { ...EXAMPLE_SESSION, sessionId: 'other' };
const UNREACHABLE = new DeskError('network.unreachable', { origin: 'o', reason: 'ECONNRESET' });

/** Watches a platform that gives these answers in turn; an error makes the list request fail. */
async function watch(...answers: (readonly Session[] | DeskError)[]) {
  const { sleep, slept } = createManualClock();
  const platform = fakePlatform({
    async listSessions() {
      const answer = answers.shift();
      if (answer === undefined) throw new Error('asked too often');
      if (answer instanceof DeskError) throw answer;
      return answer;
    },
  });
  const { signal } = new AbortController();
  const updates = watchSession(platform, EXAMPLE_SESSION, { signal, sleep });
  const told: (Session | string)[] = [];
  try {
    for await (const session of updates) told.push(session);
  } catch (error) {
    told.push((error as DeskError).code);
  }
  return { told, slept };
}

describe('watching a session', () => {
  it('yields each change once, and fails when the session is gone', async () => {
    const { told, slept } = await watch(
      [EXAMPLE_SESSION],
      [WIDER],
      [WIDER],
      [EXAMPLE_SESSION],
      [],
      [],
    );
    expect(told).toEqual([WIDER, EXAMPLE_SESSION, 'session.notFound']);
    expect(slept).toEqual([...Array(5).fill(15_000), 2_000]);
  });

  it('fails if only other sessions are listed', async () => {
    expect((await watch([OTHER], [OTHER])).told).toEqual(['session.notFound']);
  });

  it('tolerates a single list without the session', async () => {
    expect((await watch([], [WIDER], [], [])).told).toEqual([WIDER, 'session.notFound']);
  });

  it('finds its session among others', async () => {
    expect((await watch([OTHER, WIDER], [], [])).told).toEqual([WIDER, 'session.notFound']);
  });

  it.each([
    UNREACHABLE,
    new DeskError('network.timeout', { origin: 'o', timeoutMs: 1 }),
    new DeskError('network.unusableAnswer', { endpoint: 'e', problem: 'HTTP 502' }),
    new DeskError('platform.rateLimited', { retryAfterSeconds: undefined }),
    new DeskError('platform.busy', {}),
  ])('continues after a temporary error: $code', async (error) => {
    const { told } = await watch(error, error, [WIDER], error, [], []);
    expect(told).toEqual([WIDER, 'session.notFound']);
  });

  it.each([
    new DeskError('auth.expired', { expiredAt: undefined }),
    new DeskError('platform.refused', { platformCode: '10008' }),
  ])('fails with $code', async (error) => {
    expect((await watch(error)).told).toEqual([error.code]);
  });

  it('rejects with the reason of the abort signal', async () => {
    const { sleep } = createManualClock();
    const signal = AbortSignal.abort(new Error('Ctrl-C'));
    const updates = watchSession(fakePlatform(), EXAMPLE_SESSION, { signal, sleep });
    await expect(updates[Symbol.asyncIterator]().next()).rejects.toThrow('Ctrl-C');
  });
});
