import type { ByteReader } from '../byte-reader.js';
import type { Framebuffer } from '../framebuffer.js';
import type { Rectangle } from '../messages.js';
import { ProtocolError } from '../protocol-error.js';

/** CopyRect encoding (RFC 6143 §7.7.2): a place of the same size that was painted before; it may overlap the new one. */
export async function decodeCopyRect(
  reader: ByteReader,
  framebuffer: Framebuffer,
  { x, y, width, height }: Rectangle,
): Promise<void> {
  const source = await reader.read(4);
  const fromX = source.readUInt16BE(0);
  const fromY = source.readUInt16BE(2);
  framebuffer.checkInside({ x: fromX, y: fromY, width, height });
  // Costs the server 16 bytes; walking through its rows would cost us a millisecond.
  if (width === 0) return;
  const { pixels, widthPx } = framebuffer;
  for (let index = 0; index < height; index += 1) {
    // Downwards the last row goes first, so that none is overwritten before it was copied.
    const row = fromY < y ? height - 1 - index : index;
    const start = (fromY + row) * widthPx + fromX;
    if (pixels.subarray(start, start + width).includes(0)) {
      throw new ProtocolError('copies from where nothing was painted');
    }
    pixels.copyWithin((y + row) * widthPx + x, start, start + width);
  }
}
