// In zsh a leading `=` expands to the path of a program.
const NEEDS_NO_QUOTES = /^(?!=)[A-Za-z0-9_/:=@.,+%-]+$/;

/** Quotes a word for a POSIX shell if needed (POSIX.1-2017, Shell Command Language §2.2.2). */
export function quotePosix(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : alwaysQuotePosix(word);
}

/** The same, always quoted, as in `NAME='value'`. */
export function alwaysQuotePosix(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Quotes a word for PowerShell if needed: in single quotes, quotes (also typographic ones) are doubled. */
export function quotePowerShell(word: string): string {
  const isPlain = /^[A-Za-z0-9_/:=.+-]+$/.test(word) && !word.startsWith('-');
  return isPlain ? word : `'${word.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
