import type { Picture } from '../../model/picture.js';
import type { Graphics } from '../terminal-features.js';

export interface Drawing {
  readonly graphics: Graphics;
  readonly picture: Picture;
  readonly png: Buffer;
}

/** Escape sequences that draw the picture at the cursor. */
export function drawPicture({ graphics, picture, png }: Drawing, columns: number): string {
  if (graphics === 'kitty') return drawByKitty(png, columns);
  return graphics === 'iterm' ? drawByIterm(png) : drawHalfBlocks(picture, columns);
}

/**
 * Draws a picture with U+2580, two pixels per character: foreground above, background below. It is scaled down to the
 * terminal's width by averaging, never up.
 */
export function drawHalfBlocks(picture: Picture, columns: number): string {
  const width = Math.max(1, Math.min(columns, picture.widthPx));
  const height = Math.max(1, Math.round((picture.heightPx * width) / picture.widthPx));
  const dot = (x: number, y: number) => meanColour(picture, x, y, width, height);
  const lines: string[] = [];
  for (let y = 0; y < height; y += 2) {
    let line = '';
    for (let x = 0; x < width; x += 1) {
      const background = y + 1 < height ? `\x1b[48;2;${dot(x, y + 1)}m` : '\x1b[49m';
      line += `\x1b[38;2;${dot(x, y)}m${background}▀`;
    }
    lines.push(`${line}\x1b[0m`);
  }
  return lines.join('\n');
}

/** `red;green;blue` for SGR 38;2 and 48;2 (ISO 8613-6). */
function meanColour(
  { widthPx, heightPx, pixels }: Picture,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  const [left, right] = spanOf(x, width, widthPx);
  const [top, bottom] = spanOf(y, height, heightPx);
  let [red, green, blue] = [0, 0, 0];
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const pixel = pixels[row * widthPx + column] as number;
      red += (pixel >> 16) & 0xff;
      green += (pixel >> 8) & 0xff;
      blue += pixel & 0xff;
    }
  }
  const count = (right - left) * (bottom - top);
  return [red, green, blue].map((sum) => Math.round(sum / count)).join(';');
}

/** The pixels covered by a dot, at least one. */
function spanOf(dot: number, dots: number, pixels: number): readonly [from: number, to: number] {
  const from = Math.min(Math.floor((dot * pixels) / dots), pixels - 1);
  return [from, Math.max(from + 1, Math.floor(((dot + 1) * pixels) / dots))];
}

/** By the payload limit of an escape sequence (https://sw.kovidgoyal.net/kitty/graphics-protocol/). */
const KITTY_PARTS = /.{1,4096}/g;

/**
 * Draws a PNG with kitty's graphics protocol, as wide as the terminal: `f=100` PNG, `a=T` transmit and display, `q=2` no
 * response (it would be typed into the shell), `m=1` more parts follow.
 */
export function drawByKitty(png: Buffer, columns: number): string {
  const parts = png.toString('base64').match(KITTY_PARTS) ?? [];
  return parts
    .map((part, index) => {
      const head = index === 0 ? `a=T,f=100,q=2,c=${columns},` : 'q=2,';
      return `\x1b_G${head}m=${index < parts.length - 1 ? 1 : 0};${part}\x1b\\`;
    })
    .join('');
}

/** Draws a PNG with iTerm2's protocol, as wide as the terminal (https://iterm2.com/documentation-images.html). */
export function drawByIterm(png: Buffer): string {
  const head = `inline=1;size=${png.length};width=100%;preserveAspectRatio=1`;
  return `\x1b]1337;File=${head}:${png.toString('base64')}\x07`;
}
