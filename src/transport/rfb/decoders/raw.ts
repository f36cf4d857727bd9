import { MAX_READ_BYTES } from '../budget.js';
import type { ByteReader } from '../byte-reader.js';
import { type Framebuffer, PAINTED } from '../framebuffer.js';
import type { Rectangle } from '../messages.js';
import { readColour } from './read-colour.js';

const BYTES_PER_PIXEL = 4;

/** Raw encoding (RFC 6143 §7.7.1), in the pixel format of `encodeSetPixelFormat`. */
export async function decodeRaw(
  reader: ByteReader,
  framebuffer: Framebuffer,
  { x, y, width, height }: Rectangle,
): Promise<void> {
  if (width === 0) return;
  // At least 1: a row of MAX_SIDE_PX pixels is 64 KiB.
  const rowsAtOnce = Math.floor(MAX_READ_BYTES / (width * BYTES_PER_PIXEL));
  for (let row = 0; row < height; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - row);
    const bytes = await reader.read(rows * width * BYTES_PER_PIXEL);
    for (let index = 0; index < rows; index += 1) {
      const start = (y + row + index) * framebuffer.widthPx + x;
      for (let column = 0; column < width; column += 1) {
        const offset = (index * width + column) * BYTES_PER_PIXEL;
        framebuffer.pixels[start + column] = readColour(bytes, offset) | PAINTED;
      }
    }
  }
}
