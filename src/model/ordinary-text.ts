/** ASCII, Chinese and their punctuation: all our texts and nearly all of the platform's. */
const ORDINARY = /^[ -~§×‘’“”•…←-↓⏎、-】〔〕一-\u9fff！-～]*$/;
const WIDE = /[、-】〔〕一-\u9fff！-～]/g;

/**
 * Whether a text has no control, combining or invisible characters and widths that need no lookup. A fast path: compiling
 * the Unicode property classes takes as long as starting Node.
 */
export function isOrdinary(text: string): boolean {
  return ORDINARY.test(text);
}

/** The width of ordinary text in columns: 2 for wide and fullwidth characters (UAX #11), else 1. */
export function ordinaryWidth(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
