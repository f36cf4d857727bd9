/**
 * What must never reach a terminal, as ranges of code points: said here by hand, so that the gate, which asks Unicode's
 * properties, is not judged by itself.
 */
const RANGES: readonly (readonly [first: number, last: number])[] = [
  // C0 but for the line feed between lines, DEL, C1.
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  // Soft hyphen, grapheme joiner, fillers, selectors of Mongolian.
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
  // Bidi controls, zero width, separators of lines, invisible operators.
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  // Halves of surrogates, variation selectors, byte order mark, annotations.
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  // Controls of shorthand and music, tags and the selectors beyond.
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

const FORBIDDEN = new RegExp(
  `[${RANGES.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')}]`,
  'u',
);
/** Bold, dim, green, yellow, red, and their ends: all that our themes write. */
const OUR_COLOURS = /\x1b\[(?:1|2|22|31|32|33|39)m/g;
/** More marks above one letter than any language writes; they would cover the lines around. */
const HEAP_OF_MARKS = /\p{M}{9}/u;

/** Why a text must not be shown as it is; undefined where it may be. */
export function findForbidden(text: string): string | undefined {
  const found = FORBIDDEN.exec(text);
  if (found !== null) return `U+${found[0].codePointAt(0)?.toString(16)} at ${found.index}`;
  return HEAP_OF_MARKS.test(text) ? 'nine marks on one letter' : undefined;
}

/** Takes out what the themes add; whoever does so compares `countColours` too, for hostile text may hold the same codes. */
export function withoutColours(text: string): string {
  return text.replace(OUR_COLOURS, '');
}

export function countColours(text: string): number {
  return text.match(OUR_COLOURS)?.length ?? 0;
}
