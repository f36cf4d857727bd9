import { constants, deflateRawSync } from 'node:zlib';
import { hex, join, rectangle, u16, u32 } from '../rfb-parts.js';
import { randomTile } from './random-tile.js';
import type { Area, Size } from './reference-operations.js';
import type { Random } from './seeded-random.js';

/** What the desktop of a random stream shows, kept by who makes the stream. */
export interface Canvas extends Size {
  readonly pixels: Uint32Array;
  readonly isPainted: Uint8Array;
}

export function bareCanvas({ width, height }: Size): Canvas {
  const count = width * height;
  return { width, height, pixels: new Uint32Array(count), isPainted: new Uint8Array(count) };
}

export type Encoding = 'raw' | 'copy' | 'zrle';

/** How far back zlib looks (RFC 1950 §2.2). */
const WINDOW_BYTES = 32 * 1024;
const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_SYNC_FLUSH } = constants;

/** Makes rectangles, paints them on the canvas they are meant for, and answers with their bytes. */
export function rectangleMaker(random: Random) {
  let window: Buffer = Buffer.alloc(0);
  let hasBegun = false;

  /** The next piece of one zlib stream, which refers to what went before it. */
  function deflateOn(plain: Buffer): Buffer {
    const data = deflateRawSync(plain, {
      level: random.pick([0, 1, 6, 9]),
      strategy: random.pick([Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE]),
      finishFlush: Z_SYNC_FLUSH,
      ...(window.length > 0 && { dictionary: window }),
    });
    window = join(window, plain).subarray(-WINDOW_BYTES);
    const header = hasBegun ? hex('') : hex('78 9c');
    hasBegun = true;
    return join(header, data);
  }

  function raw(canvas: Canvas, area: Area): Buffer {
    const data = Buffer.alloc(area.width * area.height * 4);
    forEachPixel(canvas, area, (place, index) => {
      const value = random.below(2 ** 32);
      data.writeUInt32LE(value, index * 4);
      canvas.pixels[place] = value & 0xffffff;
    });
    return rectangle(corners(area), 0, data);
  }

  function zrle(canvas: Canvas, area: Area): Buffer {
    const tiles: Buffer[] = [];
    for (let top = 0; top < area.height; top += 64) {
      for (let left = 0; left < area.width; left += 64) {
        const [width, height] = [Math.min(64, area.width - left), Math.min(64, area.height - top)];
        const tile = randomTile(random, width, height);
        tiles.push(Buffer.from(tile.bytes));
        const tileArea = { x: area.x + left, y: area.y + top, width, height };
        forEachPixel(canvas, tileArea, (place, index) => {
          canvas.pixels[place] = tile.pixels[index] as number;
        });
      }
    }
    const data = deflateOn(join(...tiles));
    return rectangle(corners(area), 16, join(u32(data.length), data));
  }

  /** From a place that was painted, if one is found. */
  function copy(canvas: Canvas, area: Area): Buffer | undefined {
    for (let tries = 0; tries < 10; tries += 1) {
      const x = random.between(0, canvas.width - area.width);
      const y = random.between(0, canvas.height - area.height);
      if (!isPainted(canvas, { ...area, x, y })) continue;
      const source = new Uint32Array(area.width * area.height);
      forEachPixel(canvas, { ...area, x, y }, (place, index) => {
        source[index] = canvas.pixels[place] as number;
      });
      forEachPixel(canvas, area, (place, index) => {
        canvas.pixels[place] = source[index] as number;
      });
      return rectangle(corners(area), 1, u16(x, y));
    }
    return undefined;
  }

  return (canvas: Canvas, area: Area, wished: Encoding): readonly [Encoding, Buffer] => {
    const copied = wished === 'copy' ? copy(canvas, area) : undefined;
    const encoding = wished === 'copy' && copied === undefined ? 'zrle' : wished;
    const bytes = copied ?? (encoding === 'raw' ? raw(canvas, area) : zrle(canvas, area));
    for (let row = area.y; row < area.y + area.height; row += 1) {
      const start = row * canvas.width + area.x;
      canvas.isPainted.fill(1, start, start + area.width);
    }
    return [encoding, bytes];
  };
}

function isPainted(canvas: Canvas, { x, y, width, height }: Area): boolean {
  for (let row = y; row < y + height; row += 1) {
    const start = row * canvas.width + x;
    if (canvas.isPainted.subarray(start, start + width).includes(0)) return false;
  }
  return true;
}

const corners = ({ x, y, width, height }: Area) => [x, y, width, height] as const;

function forEachPixel(
  canvas: Size,
  { x, y, width, height }: Area,
  visit: (place: number, index: number) => void,
): void {
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      visit((y + row) * canvas.width + x + column, row * width + column);
    }
  }
}
