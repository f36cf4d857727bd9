// A word that starts with `=` is the path of a program in zsh.
const NEEDS_NO_QUOTES = /^(?!=)[A-Za-z0-9_/:=@.,+%-]+$/;

/** One word for a POSIX shell (POSIX.1-2017, Shell Command Language §2.2.2): single quotes keep everything but themselves. */
export function quotePosix(word: string): string {
  return NEEDS_NO_QUOTES.test(word) ? word : alwaysQuotePosix(word);
}

/** The same with quotes also where none are needed, for `NAME='value'` lines. */
export function alwaysQuotePosix(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** One word for PowerShell: in single quotes only the quote itself, in any of its typographic forms, is doubled. */
export function quotePowerShell(word: string): string {
  const isPlain = /^[A-Za-z0-9_/:=.+-]+$/.test(word) && !word.startsWith('-');
  return isPlain ? word : `'${word.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
