/** A hint only where there is something to say. */
export function maybe(
  word: string | undefined,
  hint: (word: string) => string,
): { readonly hint?: string } {
  return word === undefined ? {} : { hint: hint(word) };
}
