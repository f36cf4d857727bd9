import { on } from 'node:events';
import { createInterface } from 'node:readline';

/** Waits for a line that contains these words. */
export async function waitForLine(stream, words) {
  const lines = createInterface(stream);
  const said = [];
  for await (const [line] of on(lines, 'line', { close: ['close'] })) {
    if (line.includes(words)) return;
    said.push(line);
  }
  throw new Error(`never said “${words}”: ${said.join('\n')}`);
}
