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
  const standIns = rows.map((row) => row.map(standIn));
  table.push(...standIns);
  const lines = table.toString().split('\n');
  const shown = (row: readonly string[], index: number) =>
    row.filter((_text, column) => standIns[index]?.[column] !== '');
  return rows
    .map((row, index) => putIn(shown(row, index), lines[index] ?? '').trimEnd())
    .join('\n');
}

/**
 * What the library lays out in place of a text: it measures by an older Unicode, and takes seconds over some texts that
 * a platform may send.
 */
function standIn(text: string): string {
  return 'x'.repeat(widthOf(text));
}

function putIn(shown: readonly string[], line: string): string {
  const texts = shown.values();
  return line.replace(/x+/g, () => texts.next().value ?? '');
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
