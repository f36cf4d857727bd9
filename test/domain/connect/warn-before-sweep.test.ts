import { expect, it } from 'vitest';
import { warnBeforeSweep } from '../../../src/domain/connect/tunnel-timers.js';
import { nextSweepAt } from '../../../src/model/time.js';
import { createManualClock } from '../../helpers/manual-clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SWEEP = { timeZone: 'Asia/Shanghai', sweepHour: 1 };
const AT_ONE = '2026-11-25T17:00:00.000Z';

/** The warnings within `forMs`, starting `leftMinutes` before a sweep; the machine is suspended in the first sleep. */
async function warnings(leftMinutes: number, suspendedMinutes = 0, forMs = DAY_MS / 2) {
  const startMs = Date.parse(AT_ONE) - leftMinutes * MINUTE_MS;
  const { sleep, now: passed } = createManualClock();
  const createdMs = passed().getTime();
  const end = new AbortController();
  let suspendedMs = 0;
  const now = () => new Date(startMs + passed().getTime() - createdMs + suspendedMs);
  const reported: [number, string][] = [];
  const clock = { now, nextSweepAt: () => nextSweepAt(now(), SWEEP) };
  await warnBeforeSweep(clock, {
    async sleep(durationMs, signal) {
      await sleep(durationMs, signal);
      suspendedMs = suspendedMinutes * MINUTE_MS;
      if (now().getTime() - startMs > forMs) end.abort();
    },
    report: (message) =>
      message.kind === 'sweepSoon' && reported.push([message.minutes, message.sweepAt]),
    signal: end.signal,
  }).catch(() => {});
  return reported;
}

it.each([
  ['30 and 10 minutes before it', 600, 0, [30, 10]],
  ['10 minutes before it if it is less than 30 away', 25, 0, [10]],
  ['never if it is less than 10 away', 9, 0, []],
  ['immediately, with the remaining time, after a suspend past its time', 45, 24, [20, 10]],
  ['never after a suspend past the sweep', 45, 60, []],
])('the sweep warning is reported %s', async (_, leftMinutes, suspendedMinutes, told) => {
  expect(await warnings(leftMinutes, suspendedMinutes)).toEqual(
    told.map((minutes) => [minutes, AT_ONE]),
  );
});

it('a long-lived tunnel gets the warnings every night', async () => {
  const nights = [AT_ONE, '2026-11-26T17:00:00.000Z', '2026-11-27T17:00:00.000Z'];
  expect(await warnings(60, 0, 2.5 * DAY_MS)).toEqual(
    nights.flatMap((night) => [30, 10].map((minutes) => [minutes, night])),
  );
});

it('rejects with the reason of the abort signal', async () => {
  const { now, sleep } = createManualClock();
  const clock = { now, nextSweepAt: () => nextSweepAt(now(), SWEEP) };
  const warning = warnBeforeSweep(clock, {
    sleep,
    report: () => {},
    signal: AbortSignal.abort(new Error('closed')),
  });
  await expect(warning).rejects.toThrow('closed');
});
