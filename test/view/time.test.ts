import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import { zh } from '../../src/i18n/zh/index.js';
import { formatMoment } from '../../src/view/ui.js';

const NOW = new Date('2023-02-02T15:19:45+08:00');

it.each([
  ['2023-02-02T11:59:45+08:00', '2023-02-02 11:59:45 +08:00 (3 h 20 min ago)'],
  ['2023-02-03T01:00:00+08:00', '2023-02-03 01:00:00 +08:00 (in 9 h 40 min)'],
  ['2023-02-02T07:19:45.000Z', '2023-02-02 07:19:45 Z (in 0 s)'],
  ['', ''],
  ['yesterday', 'yesterday'],
  ['2023-02-02', '2023-02-02'],
])('shows the moment %j as %s', (iso, text) => {
  expect(formatMoment(iso, NOW, en.time)).toBe(text);
});

it('shows a moment in Chinese', () => {
  expect(formatMoment('2023-02-02T11:59:45+08:00', NOW, zh.time)).toBe(
    '2023-02-02 11:59:45 +08:00（3 小时 20 分钟前）',
  );
});
