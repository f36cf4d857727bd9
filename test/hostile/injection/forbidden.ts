import { FORBIDDEN_RANGES } from '../../helpers/forbidden-ranges.js';

const CLASS = FORBIDDEN_RANGES.map(
  ([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`,
).join('');
/** What must never reach a terminal; the line feed between lines may. */
const FORBIDDEN = new RegExp(`(?!\\n)[${CLASS}]`, 'u');
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
