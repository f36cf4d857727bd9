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
])('from a sweep at %s it is %s minutes to the next one', (iso, minutes) => {
  expect(minutesToSweep(iso, NOW)).toEqual(minutes);
});

it.each([
  [1440, 0],
  [31, 0],
  [30, 1],
  [11, 1],
  [10, 2],
  [1, 2],
])('%i minutes before the sweep so many warnings are due: %i', (minutes, due) => {
  expect(dueWarnings(minutes)).toBe(due);
});
