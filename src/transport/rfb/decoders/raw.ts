import { MAX_READ_BYTES } from '../budget.js';
import type { ByteReader } from '../byte-reader.js';
import { type Framebuffer, PAINTED, readColour } from '../framebuffer.js';
import type { Rectangle } from '../messages.js';
import { ProtocolError } from '../protocol-error.js';

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

/** CopyRect encoding (RFC 6143 §7.7.2): a copy within the framebuffer; source and destination may overlap. */
export async function decodeCopyRect(
  reader: ByteReader,
  framebuffer: Framebuffer,
  { x, y, width, height }: Rectangle,
): Promise<void> {
  const source = await reader.read(4);
  const fromX = source.readUInt16BE(0);
  const fromY = source.readUInt16BE(2);
  framebuffer.checkInside({ x: fromX, y: fromY, width, height });
  // 16 bytes for the server; iterating over the rows would take a millisecond.
  if (width === 0) return;
  const { pixels, widthPx } = framebuffer;
  for (let index = 0; index < height; index += 1) {
    // Downwards, the last row is copied first, so that no source row is overwritten.
    const row = fromY < y ? height - 1 - index : index;
    const start = (fromY + row) * widthPx + fromX;
    if (pixels.subarray(start, start + width).includes(0)) {
      throw new ProtocolError('copies pixels that were never painted');
    }
    pixels.copyWithin((y + row) * widthPx + x, start, start + width);
  }
}
