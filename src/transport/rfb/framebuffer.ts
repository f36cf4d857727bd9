import type { Picture } from '../../model/picture.js';
import { MAX_PAINTS_PER_PIXEL, MAX_PIXELS, MAX_SIDE_PX } from './budget.js';
import type { Rectangle } from './messages.js';
import { ProtocolError } from './protocol-error.js';

/** What has been painted of a desktop so far. */
export interface Framebuffer {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One number 0xffRRGGBB for each pixel, row after row; 0 where nothing was painted yet. */
  readonly pixels: Uint32Array;
  /** Announces that a rectangle is about to be painted. @throws ProtocolError when it is outside, or the budget spent. */
  claim(area: Rectangle): void;
  /** @throws ProtocolError */
  checkInside(area: Rectangle): void;
  hasPaint(): boolean;
  isWhole(): boolean;
  /** Gives the picture away; the framebuffer must not be used after it. */
  toPicture(): Picture;
}

/**
 * Marks a pixel as painted, so that black differs from nothing. Nothing is 0, because the system gives a page of zeros only
 * when it is written: a desktop that says how large it is and sends no more costs nothing.
 */
export const PAINTED = 0xff000000;

/** @throws ProtocolError when the size is beyond our limits, before anything is allocated. */
export function createFramebuffer(widthPx: number, heightPx: number): Framebuffer {
  const isSide = (px: number) => px >= 1 && px <= MAX_SIDE_PX;
  if (!isSide(widthPx) || !isSide(heightPx) || widthPx * heightPx > MAX_PIXELS) {
    throw new ProtocolError(`says that it is ${widthPx}×${heightPx} pixels large`);
  }
  const pixels = new Uint32Array(widthPx * heightPx);
  let paintedPixels = 0;
  /** Before this index everything is painted, and stays so. */
  let firstBare = 0;

  /** Each side by itself: an area or a sum may look right where a side does not (GStreamer, 2026). */
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
    pixels,
    checkInside,
    claim(area) {
      checkInside(area);
      paintedPixels += area.width * area.height;
      if (paintedPixels > MAX_PAINTS_PER_PIXEL * widthPx * heightPx) {
        throw new ProtocolError('paints the same pixels again and again');
      }
    },
    hasPaint: () => paintedPixels > 0,
    isWhole() {
      // Goes on where it stopped, so that asking after each of many updates costs no more than asking once; from -1, at the
      // last pixel.
      firstBare = pixels.indexOf(0, firstBare);
      return firstBare === -1;
    },
    toPicture() {
      for (let index = 0; index < pixels.length; index += 1) {
        pixels[index] = (pixels[index] as number) & 0xffffff;
      }
      return { widthPx, heightPx, pixels };
    },
  };
}
