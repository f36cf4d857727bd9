/** What stands in our own texts and in nearly all of a platform's: ASCII, Chinese, and the punctuation of both. */
const ORDINARY = /^[ -~§×‘’“”•…←-↓⏎、-】〔〕一-\u9fff！-～]*$/;
const WIDE = /[、-】〔〕一-\u9fff！-～]/g;

/**
 * Whether a text holds nothing that has to be looked up: no control, no mark, nothing invisible, and every sign as wide
 * as its script says. To learn that from the tables of Unicode takes as long as Node takes to start.
 */
export function isOrdinary(text: string): boolean {
  return ORDINARY.test(text);
}

/** How many columns such a text takes: one for each sign, two for those that UAX #11 calls wide or fullwidth. */
export function ordinaryWidth(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}
