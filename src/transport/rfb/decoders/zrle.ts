import type { ByteReader } from '../byte-reader.js';
import { type Framebuffer, PAINTED, readColour } from '../framebuffer.js';
import type { Rectangle } from '../messages.js';
import { ProtocolError } from '../protocol-error.js';
import type { Inflater } from './inflater.js';

/** Upper bound of zlib's overhead on incompressible data. */
const SPARE_BYTES = 64 * 1024;

/**
 * ZRLE encoding (RFC 6143 §7.7.6): zlib-compressed tiles in row-major order. The data must inflate to exactly the tiles of
 * the rectangle.
 */
export async function decodeZrle(
  reader: ByteReader,
  inflater: Inflater,
  framebuffer: Framebuffer,
  area: Rectangle,
): Promise<void> {
  const byteCount = (await reader.read(4)).readUInt32BE(0);
  const tiles = [...tilesOf(area)];
  // Twice the size of uncompressed tiles.
  const maxBytes = 2 * (area.width * area.height * 3 + tiles.length) + SPARE_BYTES;
  if (byteCount > maxBytes) {
    throw new ProtocolError(`announces ${byteCount} bytes for ${area.width}×${area.height} pixels`);
  }
  inflater.begin(reader, byteCount);
  const pixels = new Uint32Array(TILE_SIDE_PX * TILE_SIDE_PX);
  for (const tile of tiles) {
    inflater.consume(decodeTile(await inflater.peek(MAX_TILE_BYTES), tile, pixels));
    paint(framebuffer, tile, pixels);
  }
  if ((await inflater.peek(1)).length > 0) {
    throw new ProtocolError('sends more tiles than its rectangle has');
  }
}

function* tilesOf({ x, y, width, height }: Rectangle): Generator<Rectangle> {
  for (let top = 0; top < height; top += TILE_SIDE_PX) {
    for (let left = 0; left < width; left += TILE_SIDE_PX) {
      yield {
        x: x + left,
        y: y + top,
        width: Math.min(TILE_SIDE_PX, width - left),
        height: Math.min(TILE_SIDE_PX, height - top),
      };
    }
  }
}

function paint(framebuffer: Framebuffer, tile: Rectangle, pixels: Uint32Array): void {
  for (let row = 0; row < tile.height; row += 1) {
    const start = (tile.y + row) * framebuffer.widthPx + tile.x;
    for (let column = 0; column < tile.width; column += 1) {
      framebuffer.pixels[start + column] = (pixels[row * tile.width + column] as number) | PAINTED;
    }
  }
}

/** Tiles are 64×64 pixels, smaller at the right and lower edge (RFC 6143 §7.7.6). */
const TILE_SIDE_PX = 64;

/** 0x00RRGGBB in little-endian order without its unused byte: a CPIXEL of our pixel format (§7.7.5). */
const CPIXEL_BYTES = 3;

/** Largest encoded tile: the subencoding and plain RLE with runs of one pixel. */
const MAX_TILE_BYTES = 1 + TILE_SIDE_PX ** 2 * (CPIXEL_BYTES + 1);

/** Subencodings (§7.7.6). */
const RAW = 0;
const SOLID = 1;
const MAX_PACKED_PALETTE = 16;
const PLAIN_RLE = 128;
const FIRST_PALETTE_RLE = 130;

/**
 * Decodes one tile into `pixels` (row-major, 0x00RRGGBB) and returns the number of bytes consumed.
 *
 * @param bytes - The rest of the stream; may extend beyond this tile.
 * @throws ProtocolError
 */
export function decodeTile(
  bytes: Buffer,
  { width, height }: { readonly width: number; readonly height: number },
  pixels: Uint32Array,
): number {
  const area = width * height;
  let offset = 0;

  function take(count: number): number {
    const start = offset;
    offset += count;
    if (offset > bytes.length) throw new ProtocolError('sends a truncated tile');
    return start;
  }
  const readByte = () => bytes[take(1)] as number;
  const readPixel = () => readColour(bytes, take(CPIXEL_BYTES));
  const readPalette = (size: number) => Array.from({ length: size }, readPixel);

  function readPackedRows(palette: readonly number[]): void {
    const bits = palette.length === 2 ? 1 : palette.length <= 4 ? 2 : 4;
    for (let row = 0; row < height; row += 1) {
      // Rows are padded to whole bytes.
      const start = take(Math.ceil((width * bits) / 8));
      for (let column = 0; column < width; column += 1) {
        const bit = column * bits;
        const byte = bytes[start + (bit >> 3)] as number;
        const index = (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
        pixels[row * width + column] = colourOf(palette, index);
      }
    }
  }

  /** The run length minus one, as a sum of bytes; the first that is not 255 is the last. */
  function readRunLength(): number {
    for (let length = 1; length <= area; ) {
      const byte = readByte();
      length += byte;
      if (byte !== 255) return length;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Returns the start of the next run. */
  function paintRun(start: number, colour: number, length: number): number {
    const end = start + length;
    if (end > area) throw new ProtocolError('sends a run that exceeds its tile');
    pixels.fill(colour, start, end);
    return end;
  }

  const subencoding = readByte();
  if (subencoding === RAW) {
    for (let index = 0; index < area; index += 1) pixels[index] = readPixel();
  } else if (subencoding === SOLID) {
    pixels.fill(readPixel(), 0, area);
  } else if (subencoding <= MAX_PACKED_PALETTE) {
    readPackedRows(readPalette(subencoding));
  } else if (subencoding === PLAIN_RLE) {
    for (let index = 0; index < area; ) index = paintRun(index, readPixel(), readRunLength());
  } else if (subencoding >= FIRST_PALETTE_RLE) {
    const palette = readPalette(subencoding - PLAIN_RLE);
    for (let index = 0; index < area; ) {
      const byte = readByte();
      const colour = colourOf(palette, byte & 127);
      index = paintRun(index, colour, byte < 128 ? 1 : readRunLength());
    }
  } else {
    throw new ProtocolError(`sends a tile with the unknown subencoding ${subencoding}`);
  }
  return offset;
}

function colourOf(palette: readonly number[], index: number): number {
  const colour = palette[index];
  if (colour === undefined) throw new ProtocolError('sends a palette index out of range');
  return colour;
}
