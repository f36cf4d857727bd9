import { ordinaryWidth } from '../../model/ordinary-text.js';
import { headWithin, wrapLine } from '../../view/wrap-line.js';

/** Narrower than this, a description stands below its term. */
export const MIN_DESCRIPTION_COLUMNS = 24;

/** Words of a line to type, those in quotes whole. */
const SHELL_WORDS = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** Breaks a line to type so that a shell still reads it as one: a backslash before each break (POSIX XCU 2.2.1). */
export function wrapShellLine(line: string, width: number): string[] {
  if (ordinaryWidth(`  ${line}`) <= width) return [`  ${line}`];
  const words = line.match(SHELL_WORDS) ?? [];
  const lines: string[] = [];
  let current = ' ';
  for (const [index, word] of words.entries()) {
    const room = width - (index === words.length - 1 ? 0 : ' \\'.length);
    if (current.trim() === '' || ordinaryWidth(`${current} ${word}`) <= room) {
      current += ` ${word}`;
    } else {
      lines.push(`${current} \\`);
      current = `    ${word}`;
    }
    while (ordinaryWidth(current) > room) {
      const head = headWithin(current, width - 1);
      lines.push(`${head}\\`);
      // Blanks here would become part of the word.
      current = current.slice(head.length);
    }
  }
  return [...lines, current];
}

/** Term and description, aligned; below each other where there is no room beside. */
export function layOutRows(
  rows: readonly (readonly [term: string, description: string])[],
  width: number,
): readonly string[] {
  const termWidth = Math.max(0, ...rows.map(([term]) => ordinaryWidth(term)));
  const beside = width - termWidth - 4;
  return rows.flatMap(([term, description]) => {
    if (beside < MIN_DESCRIPTION_COLUMNS) {
      const below = wrapLine(description, width - 6).map((text) => `      ${text}`);
      return [...wrapLine(term, width - 2).map((text) => `  ${text}`), ...below];
    }
    const pad = ' '.repeat(termWidth - ordinaryWidth(term));
    return wrapLine(description, beside).map((text, index) =>
      index === 0 ? `  ${term}${pad}  ${text}` : `${' '.repeat(termWidth + 4)}${text}`,
    );
  });
}
