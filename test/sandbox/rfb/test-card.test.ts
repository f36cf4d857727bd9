import { expect, test } from 'vitest';
import { BAR_COLOURS, drawTestCard } from '../../../src/sandbox/rfb/test-card.js';

const at = (card: ReturnType<typeof drawTestCard>, x: number, y: number) =>
  card.pixels[y * card.widthPx + x];

test('draws the eight bars from left to right', () => {
  const card = drawTestCard(160, 90);
  expect(BAR_COLOURS.map((_, bar) => at(card, bar * 20 + 10, 3))).toEqual([...BAR_COLOURS]);
});

test('draws a grey gradient from left to right below the bars', () => {
  const card = drawTestCard(256, 90);
  expect([1, 128, 254].map((x) => at(card, x, 80))).toEqual([0x010101, 0x808080, 0xfefefe]);
});

test('draws a white border of one pixel', () => {
  const card = drawTestCard(160, 90);
  expect([at(card, 0, 45), at(card, 159, 45), at(card, 80, 0), at(card, 80, 89)]).toEqual(
    Array(4).fill(0xffffff),
  );
});

test.each([
  [1, 1],
  [3, 5],
  [4096, 1],
])('a card of %i x %i has a colour for each pixel', (widthPx, heightPx) => {
  expect(drawTestCard(widthPx, heightPx).pixels).toHaveLength(widthPx * heightPx);
});
