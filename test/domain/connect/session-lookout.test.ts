import { expect, it } from 'vitest';
import { createLookout } from '../../../src/domain/connect/session-lookout.js';
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

/** A lookout over a platform that gives these answers one after the other. */
function lookoutOver(answers: readonly (readonly Session[] | Error)[], wasListed = true) {
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
  return { ...createLookout(platform, EXAMPLE_SESSION, { wasListed, sleep }), clock, platform };
}

it.each([
  ['listed', 'is there', [HERE]],
  ['gone', 'is missing twice', [OTHERS, []]],
  ['listed', 'is missing in one answer only', [[], HERE]],
  ['unknown', 'is missing, and then nobody answers', [[], DOWN]],
  ['unknown', 'cannot be asked for: no network', [DOWN]],
  ['unknown', 'cannot be asked for: no token', [EXPIRED]],
] as const)('%s: a session that %s', async (sighting, _situation, answers) => {
  expect(await lookoutOver(answers).look(signal)).toBe(sighting);
});

it('a session that the platform has never listed is not missed', async () => {
  const lookout = lookoutOver([[], [], HERE, [], []], false);
  expect(await lookout.look(signal)).toBe('unknown');
  expect(await lookout.look(signal)).toBe('unknown');
  expect(await lookout.look(signal)).toBe('listed');
  expect(await lookout.look(signal)).toBe('gone');
});

it('waits between two answers that miss it', async () => {
  const lookout = lookoutOver([[], []]);
  await lookout.look(signal);
  expect(lookout.clock.slept).toEqual([2_000]);
});

it('who asks meanwhile gets the same answer', async () => {
  const lookout = lookoutOver([HERE, HERE]);
  await Promise.all([lookout.look(signal), lookout.look(signal)]);
  expect(lookout.platform.calls).toEqual(['list']);
});

it('what is no failure of the platform is not looked through', async () => {
  const bug = new TypeError('a bug');
  await expect(lookoutOver([bug]).look(signal)).rejects.toBe(bug);
});
