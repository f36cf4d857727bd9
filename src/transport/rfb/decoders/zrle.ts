import type { ByteReader } from '../byte-reader.js';
import { type Framebuffer, PAINTED } from '../framebuffer.js';
import type { Rectangle } from '../messages.js';
import { ProtocolError } from '../protocol-error.js';
import type { Inflater } from './inflater.js';
import { decodeTile, MAX_TILE_BYTES, TILE_SIDE_PX } from './zrle-tile.js';

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
