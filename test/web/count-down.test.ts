import { expect, it } from 'vitest';
import { countDown, dueWarnings } from '../../src/web/count-down.js';

const NOW = Date.parse('2026-11-24T22:00:00+08:00');

it.each([
  ['2026-11-25T01:00:00+08:00', { hours: 3, minutes: 0, isSoon: false }],
  ['2026-11-24T22:59:01+08:00', { hours: 1, minutes: 0, isSoon: false }],
  ['2026-11-24T22:10:00+08:00', { hours: 0, minutes: 10, isSoon: false }],
  ['2026-11-24T22:09:59+08:00', { hours: 0, minutes: 10, isSoon: true }],
  ['2026-11-24T21:00:00+08:00', { hours: 0, minutes: 0, isSoon: true }],
  ['', undefined],
])('until %s there is %o', (iso, left) => {
  expect(countDown(iso, NOW)).toEqual(left);
});

it.each([
  [31, 0],
  [30, 1],
  [11, 1],
  [10, 2],
  [0, undefined],
  [-5, undefined],
])('%i minutes before the sweep so many warnings are due: %s', (minutes, due) => {
  const sweepAt = '2026-01-02T01:00:00+08:00';
  expect(dueWarnings(sweepAt, Date.parse(sweepAt) - minutes * 60_000)).toBe(due);
});

it('there is no warning of a time that is none', () => {
  expect(dueWarnings('', 0)).toBeUndefined();
});
