/** Height of a glyph, in its own dots. */
export const GLYPH_ROWS = 5;
const GLYPH_COLUMNS = 3;

/** Five rows of three dots each, from the top; only what the test card writes. */
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

/** Calls `dot` for every dot of a line of text, one empty column between glyphs; unknown signs stay blank. */
export function drawText(text: string, dot: (column: number, row: number) => void): void {
  [...text].forEach((sign, position) => {
    GLYPHS[sign]?.forEach((line, row) => {
      [...line].forEach((mark, column) => {
        if (mark === '#') dot(position * (GLYPH_COLUMNS + 1) + column, row);
      });
    });
  });
}

/** Width of a line of text in dots. */
export function textColumns(text: string): number {
  return text.length * (GLYPH_COLUMNS + 1) - 1;
}
