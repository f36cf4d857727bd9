import { on } from 'node:events';
import { createInterface } from 'node:readline';

/** Waits until a child has said a line with these words. */
export async function waitForLine(stream, words) {
  const lines = createInterface(stream);
  for await (const [line] of on(lines, 'line')) if (line.includes(words)) return;
}
