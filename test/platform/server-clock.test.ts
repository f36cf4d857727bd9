import { describe, expect, it } from 'vitest';
import { createServerClock } from '../../src/platform/server-clock.js';

const NOW = new Date('2026-05-01T04:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const at = (offsetMs: number) => new Date(NOW.getTime() + offsetMs);

function openClock() {
  const told: number[] = [];
  return {
    clock: createServerClock(
      () => NOW,
      (offsetMs) => told.push(offsetMs),
    ),
    told,
  };
}

describe('the platform’s clock', () => {
  it('is the local clock until a response is observed', () => {
    const { clock, told } = openClock();
    expect([clock.now(), clock.offsetMs(), told]).toEqual([NOW, 0, []]);
  });

  it.each([
    [0, 0],
    [MINUTE_MS, 0],
    [-MINUTE_MS, 0],
    [MINUTE_MS + 1, MINUTE_MS + 1],
    [-MINUTE_MS - 1, -MINUTE_MS - 1],
    [365 * DAY_MS, 365 * DAY_MS],
    [-365 * DAY_MS, -365 * DAY_MS],
    [400 * DAY_MS + 1, 0],
    [-400 * DAY_MS - 1, 0],
  ])('with a difference of %s ms has an offset of %s ms', (shownMs, offsetMs) => {
    const { clock, told } = openClock();
    clock.observe(at(shownMs), NOW, NOW);
    expect([clock.offsetMs(), clock.now()]).toEqual([offsetMs, at(offsetMs)]);
    expect(told).toEqual(offsetMs === 0 ? [] : [offsetMs]);
  });

  it('is compared with the whole duration of a slow request', () => {
    const { clock } = openClock();
    clock.observe(at(-30 * MINUTE_MS), at(-60 * MINUTE_MS), NOW);
    expect(clock.offsetMs()).toBe(0);
    clock.observe(at(-90 * MINUTE_MS), at(-60 * MINUTE_MS), NOW);
    expect(clock.offsetMs()).toBe(-30 * MINUTE_MS);
  });

  it('reports a skew only once', () => {
    const { clock, told } = openClock();
    clock.observe(at(DAY_MS), NOW, NOW);
    clock.observe(at(2 * DAY_MS), NOW, NOW);
    expect([clock.offsetMs(), told]).toEqual([2 * DAY_MS, [DAY_MS]]);
  });

  it('has the stored offset only until a response is observed', () => {
    const { clock, told } = openClock();
    clock.assume(DAY_MS);
    expect(clock.now()).toEqual(at(DAY_MS));
    clock.observe(NOW, NOW, NOW);
    clock.assume(DAY_MS);
    expect([clock.offsetMs(), told]).toEqual([0, []]);
  });
});
