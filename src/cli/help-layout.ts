import { ordinaryWidth } from '../model/ordinary-text.js';

/** Narrower than this, a description stands below its term. */
export const MIN_DESCRIPTION_COLUMNS = 24;

/**
 * Breaks between words, which Chinese has without blanks. No line begins with closing punctuation; a word that is
 * wider than a whole line is cut.
 */
export function wrapLine(line: string, width: number): readonly string[] {
  if (ordinaryWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const piece of unbreakablePieces(line)) {
    if (current.trim() !== '' && ordinaryWidth(current + piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else {
      current += piece;
    }
    while (ordinaryWidth(current.trimEnd()) > width) {
      const head = headWithin(current, width);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return [...lines, current.trimEnd()];
}

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

const CLOSING = '，。；：！？、）》〉」』】〕”’…,.;:!?)\\]}%';
const MAY_NOT_START_A_LINE = new RegExp(`^[${CLOSING}]`);
const MAY_NOT_END_A_LINE = /[（《〈「『【〔“‘([{]$/;
/** Everything before the CJK blocks of Unicode. */
const HAS_BLANKS_BETWEEN_WORDS = /^[\0-\u2dff]*$/;

/** Words with the punctuation that opens or closes them; ASCII without a blank, such as `--json`, stays whole. */
function unbreakablePieces(line: string): readonly string[] {
  if (HAS_BLANKS_BETWEEN_WORDS.test(line)) return line.match(/\s+|\S+/g) ?? [];
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(line)) {
    const last = pieces.at(-1);
    const isGlued =
      last !== undefined &&
      (MAY_NOT_START_A_LINE.test(segment) ||
        MAY_NOT_END_A_LINE.test(last) ||
        (/[!-~]$/.test(last) && /^[!-~]/.test(segment)));
    if (isGlued) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** The longest start that fits and leaves a rest that may begin a line; at least one character. */
function headWithin(text: string, width: number): string {
  const characters = [...new Intl.Segmenter('zh').segment(text)].map(({ segment }) => segment);
  let count = characters.length;
  const isGood = () =>
    ordinaryWidth(characters.slice(0, count).join('')) <= width &&
    !MAY_NOT_START_A_LINE.test(characters[count] ?? '');
  while (count > 1 && !isGood()) count -= 1;
  return characters.slice(0, count).join('');
}
