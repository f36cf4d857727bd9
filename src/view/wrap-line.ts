import { ordinaryWidth } from '../model/ordinary-text.js';

export interface Breaking {
  /** The width of a text in columns; the default is right for ordinary text only. */
  readonly measure?: (text: string) => number;
  /** Do not break a word that is wider than the line. */
  readonly keepsWords?: boolean;
}

/**
 * Wraps between words, also in Chinese. No line starts with closing punctuation; a word wider than the line is broken
 * unless `keepsWords` is set.
 */
export function wrapLine(
  line: string,
  width: number,
  { measure = ordinaryWidth, keepsWords = false }: Breaking = {},
): readonly string[] {
  if (measure(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const piece of unbreakablePieces(line)) {
    if (current.trim() !== '' && measure(current + piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else {
      current += piece;
    }
    while (!keepsWords && measure(current.trimEnd()) > width) {
      const head = headWithin(current, width, measure);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  return [...lines, current.trimEnd()];
}

const CLOSING = '，。；：！？、）》〉」』】〕”’…,.;:!?)\\]}%';
const MAY_NOT_START_A_LINE = new RegExp(`^[${CLOSING}]`);
const MAY_NOT_END_A_LINE = /[（《〈「『【〔“‘([{]$/;
/** Everything before the CJK blocks of Unicode. */
const HAS_BLANKS_BETWEEN_WORDS = /^[\0-\u2dff]*$/;

/** Words with adjacent punctuation; ASCII without blanks, such as `--json`, is one piece. */
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

/** The longest prefix that fits and whose rest may start a line; at least one character. */
export function headWithin(text: string, width: number, measure = ordinaryWidth): string {
  const characters = [...new Intl.Segmenter('zh').segment(text)].map(({ segment }) => segment);
  let count = characters.length;
  const isGood = () =>
    measure(characters.slice(0, count).join('')) <= width &&
    !MAY_NOT_START_A_LINE.test(characters[count] ?? '');
  while (count > 1 && !isGood()) count -= 1;
  return characters.slice(0, count).join('');
}

/** A title before a text on the same line; a full-width colon needs no blank. */
export function label(title: string): string {
  return title.endsWith('：') ? title : `${title} `;
}
