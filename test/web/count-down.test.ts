import { expect, it } from 'vitest';
import { dueWarnings, minutesToSweep } from '../../src/web/count-down.js';

const NOW = Date.parse('2026-11-24T22:00:00+08:00');

it.each([
  ['2026-11-25T01:00:00+08:00', 180],
  ['2026-11-24T22:59:01+08:00', 60],
  ['2026-11-24T22:00:01+08:00', 1],
  ['2026-11-24T22:00:00+08:00', 24 * 60],
  ['2026-11-24T21:00:00+08:00', 23 * 60],
  ['2026-11-22T22:10:00+08:00', 10],
  ['', undefined],
])('with a sweep at %s, the next one is in %s minutes', (iso, minutes) => {
  expect(minutesToSweep(iso, NOW)).toEqual(minutes);
});

it.each([
  [1440, 0],
  [31, 0],
  [30, 1],
  [11, 1],
  [10, 2],
  [1, 2],
])('%i minutes before the sweep, the number of due warnings is %i', (minutes, due) => {
  expect(dueWarnings(minutes)).toBe(due);
});
