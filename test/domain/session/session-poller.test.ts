import { expect, it } from 'vitest';
import { createSessionPoller } from '../../../src/domain/session/session-poller.js';
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

/** A poller over a platform that gives these answers one after the other. */
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
    ...createSessionPoller(platform, EXAMPLE_SESSION, { wasListed, sleep }),
    clock,
    platform,
  };
}

it.each([
  ['listed', 'is there', [HERE]],
  ['gone', 'is missing twice', [OTHERS, []]],
  ['listed', 'is missing in one answer only', [[], HERE]],
  ['unknown', 'is missing, and then nobody answers', [[], DOWN]],
  ['unknown', 'cannot be asked for: no network', [DOWN]],
  ['unknown', 'cannot be asked for: no token', [EXPIRED]],
] as const)('%s: a session that %s', async (presence, _situation, answers) => {
  expect(await pollerOver(answers).poll(signal)).toBe(presence);
});

it('a session that the platform has never listed is not missed', async () => {
  const poller = pollerOver([[], [], HERE, [], []], false);
  expect(await poller.poll(signal)).toBe('unknown');
  expect(await poller.poll(signal)).toBe('unknown');
  expect(await poller.poll(signal)).toBe('listed');
  expect(await poller.poll(signal)).toBe('gone');
});

it('waits between two answers that miss it', async () => {
  const poller = pollerOver([[], []]);
  await poller.poll(signal);
  expect(poller.clock.slept).toEqual([2_000]);
});

it('who asks meanwhile gets the same answer', async () => {
  const poller = pollerOver([HERE, HERE]);
  await Promise.all([poller.poll(signal), poller.poll(signal)]);
  expect(poller.platform.calls).toEqual(['list']);
});

it('what is no failure of the platform is not looked through', async () => {
  const bug = new TypeError('a bug');
  await expect(pollerOver([bug]).poll(signal)).rejects.toBe(bug);
});
