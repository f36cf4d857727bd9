import type { Random } from './seeded-random.js';

/** An encoded tile and its pixels. */
export interface RandomTile {
  readonly bytes: number[];
  readonly pixels: number[];
}

const KINDS = ['raw', 'solid', 'packed', 'runs', 'palette runs'] as const;
export type TileKind = (typeof KINDS)[number];

/** A tile of a random ZRLE subencoding (RFC 6143 §7.7.6), with random bits where the RFC leaves them undefined. */
export function randomTile(
  random: Random,
  width: number,
  height: number,
  kind: TileKind = random.pick(KINDS),
): RandomTile {
  const area = width * height;
  const colour = () => random.pick([0, 0xffffff, 0xff, 0xff0000, random.below(0x1000000)]);
  const cpixel = (pixel: number) => [pixel & 0xff, (pixel >> 8) & 0xff, pixel >> 16];
  if (kind === 'raw') {
    const pixels = Array.from({ length: area }, () => random.below(0x1000000));
    return { bytes: [0, ...pixels.flatMap(cpixel)], pixels };
  }
  if (kind === 'solid') {
    const pixel = colour();
    return { bytes: [1, ...cpixel(pixel)], pixels: Array(area).fill(pixel) };
  }
  if (kind === 'packed') return packedTile(random, width, height, colour, cpixel);

  const palette = kind === 'runs' ? [] : times(random.between(2, 127), colour);
  const bytes = kind === 'runs' ? [128] : [128 + palette.length, ...palette.flatMap(cpixel)];
  const pixels: number[] = [];
  while (pixels.length < area) {
    const left = area - pixels.length;
    const longest = random.pick([1, 2, 20, 255, 256, 257, 4096]);
    const length = Math.min(left, random.between(1, longest));
    const index = random.below(palette.length);
    const pixel = palette[index] ?? colour();
    if (kind === 'runs') bytes.push(...cpixel(pixel), ...lengthBytes(length));
    // A run of one pixel has two encodings.
    else if (length === 1 && random.chance(0.8)) bytes.push(index);
    else bytes.push(128 + index, ...lengthBytes(length));
    for (let count = 0; count < length; count += 1) pixels.push(pixel);
  }
  return { bytes, pixels };
}

function packedTile(
  random: Random,
  width: number,
  height: number,
  colour: () => number,
  cpixel: (pixel: number) => number[],
): RandomTile {
  const palette = times(random.between(2, 16), colour);
  const bits = palette.length === 2 ? 1 : palette.length <= 4 ? 2 : 4;
  const bytes = [palette.length, ...palette.flatMap(cpixel)];
  const pixels: number[] = [];
  for (let row = 0; row < height; row += 1) {
    const line = times(Math.ceil((width * bits) / 8), () => random.below(256));
    for (let column = 0; column < width; column += 1) {
      const index = random.below(palette.length);
      const shift = 8 - bits - ((column * bits) % 8);
      const place = Math.floor((column * bits) / 8);
      const mask = (2 ** bits - 1) << shift;
      line[place] = ((line[place] as number) & ~mask) | (index << shift);
      pixels.push(palette[index] as number);
    }
    bytes.push(...line);
  }
  return { bytes, pixels };
}

function lengthBytes(length: number): number[] {
  return [...times(Math.floor((length - 1) / 255), () => 255), (length - 1) % 255];
}

function times<Item>(count: number, make: () => Item): Item[] {
  return Array.from({ length: count }, make);
}
