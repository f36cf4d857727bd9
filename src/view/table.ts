import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { isOrdinary, ordinaryWidth } from '../model/ordinary-text.js';
import { visible } from '../model/sanitize.js';

/** Aligns styled cells by display width; two blanks between columns, no borders. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const table = new Table({
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '  ',
    },
    // By default the library colours head and border, even into a pipe.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => row.map(toMeasurable)));
  const replaced = rows
    .flat()
    .filter((text) => toMeasurable(text).startsWith(PLACEHOLDER))
    .values();
  return table
    .toString()
    .replaceAll(/\ue000+/g, () => replaced.next().value ?? '')
    .replaceAll(/ +$/gm, '');
}

/** A private-use character, one column wide. Not ordinary text, so a cell that contains it is itself replaced. */
const PLACEHOLDER = '\ue000';

/**
 * The library measures ASCII and Chinese correctly, but other scripts by an older Unicode version, and some texts take it
 * seconds. Those are replaced by placeholders of the same width during the layout.
 */
function toMeasurable(text: string): string {
  return isOrdinary(stripVTControlCharacters(text)) ? text : PLACEHOLDER.repeat(widthOf(text));
}

/** Sanitizes a text and truncates it to a display width, between graphemes, with `...`. */
export function cutToWidth(text: string, maxColumns: number): string {
  const shown = visible(text);
  if (widthOf(shown) <= maxColumns) return shown;
  let cut = '';
  for (const { segment } of new Intl.Segmenter('en').segment(shown)) {
    if (widthOf(cut + segment) > maxColumns - 3) break;
    cut += segment;
  }
  return `${cut}...`;
}

/** Where terminals start a new cell but string-width does not: in Indic conjuncts, before “sara am”. */
const BORDERS = /(?<=\p{Mark})(?=\p{Other_Letter})|(?=[\u0e33\u0eb3])/gu;

/** The display width of a text in columns, without escape sequences. */
export function widthOf(text: string): number {
  const bare = stripVTControlCharacters(text);
  if (isOrdinary(bare)) return ordinaryWidth(bare);
  return bare.split(BORDERS).reduce((columns, part) => columns + stringWidth(part), 0);
}
