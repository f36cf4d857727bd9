import { FORBIDDEN_RANGES } from '../../helpers/forbidden-ranges.js';

const CLASS = FORBIDDEN_RANGES.map(
  ([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`,
).join('');
/** Characters that must never reach a terminal, except the line feed between lines. */
const FORBIDDEN = new RegExp(`(?!\\n)[${CLASS}]`, 'u');
/** Bold, dim, green, yellow, red and their resets: all that the themes write. */
const OUR_COLOURS = /\x1b\[(?:1|2|22|31|32|33|39)m/g;
/** More combining marks on one letter than any language uses; they would cover adjacent lines. */
const HEAP_OF_MARKS = /\p{M}{9}/u;

/** Why a text must not be printed unescaped; undefined if it may be. */
export function findForbidden(text: string): string | undefined {
  const found = FORBIDDEN.exec(text);
  if (found !== null) return `U+${found[0].codePointAt(0)?.toString(16)} at ${found.index}`;
  return HEAP_OF_MARKS.test(text) ? 'nine marks on one letter' : undefined;
}

/** Removes the colours of the themes. Compare `countColours` too, because hostile text may contain the same codes. */
export function withoutColours(text: string): string {
  return text.replace(OUR_COLOURS, '');
}

export function countColours(text: string): number {
  return text.match(OUR_COLOURS)?.length ?? 0;
}
