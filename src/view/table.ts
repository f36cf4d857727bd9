import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { isOrdinary, ordinaryWidth } from '../model/ordinary-text.js';
import { visible } from './sanitize.js';

/** Rows of finished cells, aligned in columns by display width; two blanks between columns, no frame. */
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
    // The library colours head and border even into a pipe unless told not to.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => row.map(toMeasurable)));
  const replaced = rows
    .flat()
    .filter((text) => toMeasurable(text).startsWith(STAND_IN))
    .values();
  return table
    .toString()
    .replaceAll(/\ue000+/g, () => replaced.next().value ?? '')
    .replaceAll(/ +$/gm, '');
}

/** A private-use character, one column wide, that no cell contains: a text with one is replaced itself. */
const STAND_IN = '\ue000';

/**
 * The library measures ASCII and Chinese right; other scripts by an older Unicode, and some texts that a platform may send
 * take it seconds. Those are replaced by as many columns of a stand-in while it aligns them.
 */
function toMeasurable(text: string): string {
  return isOrdinary(stripVTControlCharacters(text)) ? text : STAND_IN.repeat(widthOf(text));
}

/** Cuts a text to a display width on grapheme borders; a cut one ends in `...`. */
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

/** Where a terminal begins a new sign and string-width sees none: in conjuncts of Indic scripts, before “sara am”. */
const BORDERS = /(?<=\p{Mark})(?=\p{Other_Letter})|(?=[\u0e33\u0eb3])/gu;

/** How many columns a text takes, without the codes that it has for colours. */
export function widthOf(text: string): number {
  const bare = stripVTControlCharacters(text);
  if (isOrdinary(bare)) return ordinaryWidth(bare);
  return bare.split(BORDERS).reduce((columns, part) => columns + stringWidth(part), 0);
}
