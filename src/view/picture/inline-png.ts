/** Payload limit per escape sequence (https://sw.kovidgoyal.net/kitty/graphics-protocol/). */
const KITTY_PART_LENGTH = 4096;

/**
 * Draws a PNG with kitty's graphics protocol, as wide as the terminal: `f=100` PNG, `a=T` transmit and display, `q=2` no
 * response (it would be typed into the shell), `m=1` more parts follow.
 */
export function drawByKitty(png: Buffer, columns: number): string {
  const text = png.toString('base64');
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += KITTY_PART_LENGTH) {
    const head = start === 0 ? `a=T,f=100,q=2,c=${columns},` : 'q=2,';
    const more = start + KITTY_PART_LENGTH < text.length ? 1 : 0;
    const part = text.slice(start, start + KITTY_PART_LENGTH);
    parts.push(`\x1b_G${head}m=${more};${part}\x1b\\`);
  }
  return parts.join('');
}

/** Draws a PNG with iTerm2's protocol, as wide as the terminal (https://iterm2.com/documentation-images.html). */
export function drawByIterm(png: Buffer): string {
  const head = `inline=1;size=${png.length};width=100%;preserveAspectRatio=1`;
  return `\x1b]1337;File=${head}:${png.toString('base64')}\x07`;
}
