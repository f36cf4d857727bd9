import type { Picture } from '../../model/picture.js';

/** Colour bars from left to right: white, yellow, cyan, green, magenta, red, blue, black. */
export const BAR_COLOURS = [
  0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000,
] as const;

const FRAME_COLOUR = 0xffffff;
const TEXT_COLOUR = 0x000000;
const TEXT_GROUND = 0xc0c0c0;

/**
 * Draws the test card: colour bars (upper two thirds), a grey gradient, the size in the middle, and a one-pixel frame that
 * shows whether an edge is clipped.
 */
export function drawTestCard(widthPx: number, heightPx: number): Picture {
  const pixels = new Uint32Array(widthPx * heightPx);
  const barsEnd = Math.floor((heightPx * 2) / 3);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const isFrame = x === 0 || y === 0 || x === widthPx - 1 || y === heightPx - 1;
      const inside = y < barsEnd ? barColour(x, widthPx) : grey(x, widthPx);
      pixels[y * widthPx + x] = isFrame ? FRAME_COLOUR : inside;
    }
  }
  const picture = { widthPx, heightPx, pixels };
  writeCentred(picture, [`${widthPx}X${heightPx}`, 'HPC-DESK SANDBOX']);
  return picture;
}

function barColour(x: number, widthPx: number): number {
  return BAR_COLOURS[Math.floor((x * BAR_COLOURS.length) / widthPx)] ?? 0;
}

function grey(x: number, widthPx: number): number {
  return Math.floor((x * 256) / widthPx) * 0x010101;
}

/** Writes centred lines on grey, up to half the width and height; nothing if that is too small. */
function writeCentred({ widthPx, heightPx, pixels }: Picture, lines: readonly string[]): void {
  const columns = Math.max(...lines.map(textColumns)) + 2;
  const rows = lines.length * (GLYPH_ROWS + 1) + 1;
  const scale = Math.floor(Math.min(widthPx / 2 / columns, heightPx / 2 / rows));
  if (scale < 1) return;
  const left = Math.floor((widthPx - columns * scale) / 2);
  const top = Math.floor((heightPx - rows * scale) / 2);
  const fill = (column: number, row: number, width: number, height: number, colour: number) => {
    for (let y = top + row * scale; y < top + (row + height) * scale; y += 1) {
      const start = y * widthPx + left + column * scale;
      pixels.fill(colour, start, start + width * scale);
    }
  };
  fill(0, 0, columns, rows, TEXT_GROUND);
  lines.forEach((line, index) => {
    drawText(line, (column, row) => {
      fill(column + 1, row + 1 + index * (GLYPH_ROWS + 1), 1, 1, TEXT_COLOUR);
    });
  });
}

/** In dots. */
const GLYPH_ROWS = 5;
const GLYPH_COLUMNS = 3;

/** Five rows of three dots, top to bottom; only the characters of the test card. */
const GLYPHS: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '# #', '# #', '# #', '###'],
  '1': [' # ', '## ', ' # ', ' # ', '###'],
  '2': ['###', '  #', '###', '#  ', '###'],
  '3': ['###', '  #', ' ##', '  #', '###'],
  '4': ['# #', '# #', '###', '  #', '  #'],
  '5': ['###', '#  ', '###', '  #', '###'],
  '6': ['###', '#  ', '###', '# #', '###'],
  '7': ['###', '  #', ' # ', ' # ', ' # '],
  '8': ['###', '# #', '###', '# #', '###'],
  '9': ['###', '# #', '###', '  #', '###'],
  A: [' # ', '# #', '###', '# #', '# #'],
  B: ['## ', '# #', '## ', '# #', '## '],
  C: [' ##', '#  ', '#  ', '#  ', ' ##'],
  D: ['## ', '# #', '# #', '# #', '## '],
  E: ['###', '#  ', '## ', '#  ', '###'],
  H: ['# #', '# #', '###', '# #', '# #'],
  K: ['# #', '# #', '## ', '# #', '# #'],
  N: ['## ', '# #', '# #', '# #', '# #'],
  O: ['###', '# #', '# #', '# #', '###'],
  P: ['## ', '# #', '## ', '#  ', '#  '],
  S: [' ##', '#  ', ' # ', '  #', '## '],
  X: ['# #', '# #', ' # ', '# #', '# #'],
  '-': ['   ', '   ', '###', '   ', '   '],
};

/** Calls `dot` for every dot of a text, with one column between glyphs; unknown characters are blank. */
function drawText(text: string, dot: (column: number, row: number) => void): void {
  [...text].forEach((sign, position) => {
    GLYPHS[sign]?.forEach((line, row) => {
      [...line].forEach((mark, column) => {
        if (mark === '#') dot(position * (GLYPH_COLUMNS + 1) + column, row);
      });
    });
  });
}

/** Width of a line of text in dots. */
function textColumns(text: string): number {
  return text.length * (GLYPH_COLUMNS + 1) - 1;
}
