/** Whether these words begin with those, as `vnc show` with `vnc`, and as everything with nothing. */
export function beginsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => word === words[index]);
}
