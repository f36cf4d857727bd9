/** Reads an HTTP date in its one preferred form, `Thu, 02 Feb 2023 04:00:30 GMT` (RFC 9110 §5.6.7). */
export function parseHttpDate(text: string): Date | undefined {
  const timeMs = text.length === 29 ? Date.parse(text) : Number.NaN;
  // Date.parse takes many other texts, and carries 31 Feb over into March; written back, only this form is the same.
  const isSame = !Number.isNaN(timeMs) && new Date(timeMs).toUTCString() === text;
  return isSame ? new Date(timeMs) : undefined;
}
