import { expect, it } from 'vitest';
import { warnBeforeSweep } from '../../../src/domain/connect/warn-before-sweep.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const MINUTE_MS = 60_000;

/** The minutes that were told when the sweep is so far away at the start. */
async function warnings(startMinutes: number, sleptThroughMinutes = 0): Promise<number[]> {
  const { sleep, now } = createManualClock();
  const sweepAtMs = now().getTime() + startMinutes * MINUTE_MS;
  let suspendedMs = 0;
  const told: number[] = [];
  await warnBeforeSweep({
    untilSweepMs: () => sweepAtMs - now().getTime() - suspendedMs,
    async sleep(durationMs, signal) {
      await sleep(durationMs, signal);
      suspendedMs = sleptThroughMinutes * MINUTE_MS;
    },
    report: (message) => message.kind === 'sweepSoon' && told.push(message.minutes),
    signal: new AbortController().signal,
  });
  return told;
}

it.each([
  ['30 and 10 minutes before it', 600, 0, [30, 10]],
  ['10 minutes before it when it is less than 30 away', 25, 0, [10]],
  ['never when it is less than 10 away', 9, 0, []],
  [
    'at once, with the time that is left, after a suspended machine has missed it',
    45,
    25,
    [20, 10],
  ],
  ['never when the machine has slept through it', 45, 60, []],
])('the sweep is told %s', async (_, startMinutes, sleptThroughMinutes, told) => {
  expect(await warnings(startMinutes, sleptThroughMinutes)).toEqual(told);
});

it('ends with the tunnel', async () => {
  const warning = warnBeforeSweep({
    untilSweepMs: () => 600 * MINUTE_MS,
    sleep: createManualClock().sleep,
    report: () => {},
    signal: AbortSignal.abort(new Error('closed')),
  });
  await expect(warning).rejects.toThrow('closed');
});
