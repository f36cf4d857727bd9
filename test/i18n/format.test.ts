import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { formatDistance, formatOffset, shortRfbVersion } from '../../src/i18n/format.js';
import { zh } from '../../src/i18n/zh/index.js';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

it.each([
  [0, '0 s'],
  [999, '0 s'],
  [45 * S, '45 s'],
  [59.9 * S, '59 s'],
  [MIN, '1 min'],
  [59.9 * MIN, '59 min'],
  [H, '1 h'],
  [3 * H + 20 * MIN, '3 h 20 min'],
  [23 * H + 59 * MIN, '23 h 59 min'],
  [D, '1 d'],
  [2 * D + 4 * H + 59 * MIN, '2 d 4 h'],
  [400 * D, '400 d'],
])('formats a duration of %i ms as %s', (spanMs, text) => {
  expect(formatDistance(spanMs, en.time.units)).toBe(text);
});

it('formats a duration in Chinese', () => {
  expect(formatDistance(2 * D + 4 * H, zh.time.units)).toBe('2 天 4 小时');
});

it.each([
  ['003.008', '3.8'],
  ['003.003', '3.3'],
  ['004.001', '4.1'],
  ['', ''],
])('shortens version %j to %j', (version, short) => expect(shortRfbVersion(version)).toBe(short));

it.each([
  [28_799_400, '8 h'],
  [-28_800_900, '8 h'],
  [-94_000, '1 min'],
])('formats an offset of %i ms as %s', (offsetMs, text) => {
  expect(formatOffset(offsetMs, en.time.units)).toBe(text);
});
