import { expect, it } from 'vitest';
import { countDown } from '../../src/web/count-down.js';

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
