import { expect, it } from 'vitest';
import { parseDurationMs } from '../../src/model/duration.js';

it.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['45', 45_000],
  ['1', 1_000],
  ['24h', 86_400_000],
  ['86400', 86_400_000],
])('reads %s as %i ms', (text, durationMs) => {
  expect(parseDurationMs(text)).toBe(durationMs);
});

it.each([
  '',
  '0',
  '0s',
  '-1',
  '1.5h',
  '1d',
  '10 m',
  'm',
  '25h',
  '86401',
  '1h30m',
  '1e3',
  '٣',
  '1S',
])('refuses %j', (text) => {
  expect(parseDurationMs(text)).toBeUndefined();
});
