import { expect, test } from 'vitest';
import { createFramebuffer } from '../../../src/transport/rfb/framebuffer.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';

test.each([
  [1, 1],
  [16_384, 1],
  [1, 16_384],
  [7680, 4320],
  [4320, 7680],
])('accepts %i×%i pixels', (widthPx, heightPx) => {
  expect(createFramebuffer(widthPx, heightPx).pixels).toHaveLength(widthPx * heightPx);
});

test.each([
  [0, 0],
  [0, 1],
  [1, 0],
  [16_385, 1],
  [1, 16_385],
  [7680, 4321],
  [7681, 4320],
  [65_535, 65_535],
])('rejects %i×%i pixels', (widthPx, heightPx) => {
  const create = () => createFramebuffer(widthPx, heightPx);
  expect(create).toThrow(ProtocolError);
  expect(create).toThrow(`announces a size of ${widthPx}×${heightPx} pixels`);
});

test.each([
  ['the whole area', 0, 0, 4, 3, true],
  ['the last pixel', 3, 2, 1, 1, true],
  ['an empty area at the last corner', 4, 3, 0, 0, true],
  ['an empty area beyond the right edge', 5, 0, 0, 0, false],
  ['an empty area beyond the bottom edge', 0, 4, 0, 0, false],
  ['one column too many', 1, 0, 4, 3, false],
  ['one row too many', 0, 1, 4, 3, false],
  ['width and height swapped', 0, 0, 3, 4, false],
])('in 4×3, %s at %s,%s of %s×%s is inside: %s', (_, x, y, width, height, isInside) => {
  const { claim, checkInside } = createFramebuffer(4, 3);
  for (const look of [claim, checkInside]) {
    if (isInside) look({ x, y, width, height });
    else
      expect(() => look({ x, y, width, height })).toThrow(
        `sends a rectangle ${width}×${height}+${x}+${y} outside of 4×3`,
      );
  }
});

test('each pixel may be painted four times', () => {
  const { claim, hasPaint } = createFramebuffer(4, 3);
  claim({ x: 0, y: 0, width: 0, height: 3 });
  expect(hasPaint()).toBe(false);
  for (let times = 0; times < 4; times += 1) claim({ x: 0, y: 0, width: 4, height: 3 });
  expect(hasPaint()).toBe(true);
  claim({ x: 0, y: 0, width: 4, height: 0 });
  const again = () => claim({ x: 0, y: 0, width: 1, height: 1 });
  expect(again).toThrow(ProtocolError);
  expect(again).toThrow('paints the same pixels too often');
});

test('a picture is whole when every pixel is painted, in any order', () => {
  const { pixels, isWhole, toPicture } = createFramebuffer(2, 2);
  for (const place of [3, 0, 2, 1]) {
    expect(isWhole()).toBe(false);
    pixels[place] = 0xff000000 + place;
  }
  expect([isWhole(), isWhole()]).toEqual([true, true]);
  expect(toPicture()).toEqual({ widthPx: 2, heightPx: 2, pixels: Uint32Array.of(0, 1, 2, 3) });
});
