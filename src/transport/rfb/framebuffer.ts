import type { Picture } from '../../model/picture.js';
import { MAX_PAINTS_PER_PIXEL, MAX_PIXELS, MAX_SIDE_PX } from './budget.js';
import type { Rectangle } from './messages.js';
import { ProtocolError } from './protocol-error.js';

/**
 * Marks a pixel as painted, to tell black from unpainted. Unpainted is 0, because zeroed pages are allocated on first write:
 * a server that announces a size and sends nothing costs no memory.
 */
export const PAINTED = 0xff000000;

export type Framebuffer = ReturnType<typeof createFramebuffer>;

/** @throws ProtocolError when the size exceeds the limits, before allocation. */
export function createFramebuffer(widthPx: number, heightPx: number) {
  const isSide = (px: number) => px >= 1 && px <= MAX_SIDE_PX;
  if (!isSide(widthPx) || !isSide(heightPx) || widthPx * heightPx > MAX_PIXELS) {
    throw new ProtocolError(`announces a size of ${widthPx}×${heightPx} pixels`);
  }
  const pixels = new Uint32Array(widthPx * heightPx);
  let paintedPixels = 0;
  /** All pixels before this index are painted. */
  let firstBare = 0;

  /**
   * Checks each axis separately: an area or a sum can pass where an axis overflows (GStreamer, 2026).
   *
   * @throws ProtocolError
   */
  function checkInside({ x, y, width, height }: Rectangle): void {
    if (x + width > widthPx || y + height > heightPx) {
      throw new ProtocolError(
        `sends a rectangle ${width}×${height}+${x}+${y} outside of ${widthPx}×${heightPx}`,
      );
    }
  }

  return {
    widthPx,
    heightPx,
    /** Row-major, 0xffRRGGBB; 0: not painted yet. */
    pixels,
    checkInside,
    /** Call before painting a rectangle. @throws ProtocolError when it is out of bounds or the paint budget is exhausted. */
    claim(area: Rectangle) {
      checkInside(area);
      paintedPixels += area.width * area.height;
      if (paintedPixels > MAX_PAINTS_PER_PIXEL * widthPx * heightPx) {
        throw new ProtocolError('paints the same pixels too often');
      }
    },
    hasPaint: () => paintedPixels > 0,
    isWhole() {
      // Resumes at the last unpainted pixel, so that checking after every update stays linear; -1 means the last pixel.
      firstBare = pixels.indexOf(0, firstBare);
      return firstBare === -1;
    },
    /** Moves the pixels into a picture; the framebuffer must not be used afterwards. */
    toPicture(): Picture {
      for (let index = 0; index < pixels.length; index += 1) {
        pixels[index] = (pixels[index] as number) & 0xffffff;
      }
      return { widthPx, heightPx, pixels };
    },
  };
}

/**
 * The colour of a pixel as 0x00RRGGBB: the first three bytes in the format of `encodeSetPixelFormat`; a fourth is padding
 * (RFC 6143 §7.4). Several times as fast as `readUIntLE`.
 */
export function readColour(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16)
  );
}
