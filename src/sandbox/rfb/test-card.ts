import type { Picture } from '../../model/picture.js';

/** Colour bars from left to right: white, yellow, cyan, green, magenta, red, blue, black. */
export const BAR_COLOURS = [
  0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000,
] as const;

/**
 * Draws the test card: colour bars (upper two thirds), a grey gradient, and a white one-pixel frame that shows whether an
 * edge is clipped.
 */
export function drawTestCard(widthPx: number, heightPx: number): Picture {
  const pixels = new Uint32Array(widthPx * heightPx);
  const barsEnd = Math.floor((heightPx * 2) / 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const isFrame = x === 0 || y === 0 || x === widthPx - 1 || y === heightPx - 1;
      const bar = BAR_COLOURS[Math.floor((x * BAR_COLOURS.length) / widthPx)] ?? 0;
      const grey = Math.floor((x * 256) / widthPx) * 0x010101;
      pixels[y * widthPx + x] = isFrame ? 0xffffff : y < barsEnd ? bar : grey;
    }
  }
  return { widthPx, heightPx, pixels };
}
