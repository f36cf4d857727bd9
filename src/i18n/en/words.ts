import type { NeededInput, TokenProblem } from '../../errors/codes.js';

export const tokenProblems: Record<TokenProblem, string> = {
  empty: 'it is empty',
  blank: 'it has blanks inside',
  lineBreak: 'it has line breaks inside',
  nonAscii: 'it has characters beyond printable ASCII',
  tooLong: 'it is longer than 8 KiB',
};

export const neededInputs: Record<NeededInput, string> = {
  credentials: 'a way to log in',
  token: 'the token',
  secretKey: 'the secret key',
  password: 'the password',
};

export function joinWords(words: readonly string[]): string {
  return words.join(', ');
}

/** The nearest word where there is one, else where to look. */
export function didYouMean(word: string | undefined, otherwise: string): string {
  return word === undefined ? otherwise : `did you mean “${word}”?`;
}
