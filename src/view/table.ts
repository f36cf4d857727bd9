import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import { isOrdinary, ordinaryWidth } from '../model/ordinary-text.js';
import { visible } from '../model/sanitize.js';
import type { Style } from './theme.js';
import { wrapLine } from './wrap-line.js';

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
      right: '',
      middle: '  ',
    },
    // By default the library colours head and border, even into a pipe.
    style: { compact: true, head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
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

/** An unstyled text: it is wrapped before it is styled. */
export interface Cell {
  readonly text: string;
  readonly style: Style;
}

export type Row = readonly Cell[];

const GAP_COLUMNS = 2;
/** If the last column is narrower than this, it is put below the others. */
const MIN_LAST_COLUMNS = 20;
/** The least width that a column is truncated to: five of them fit into the narrowest table. */
const MIN_CUT_COLUMNS = 8;
/** On a narrower terminal a row is shown as a block of fields. */
const MIN_TABLE_COLUMNS = 60;
const INDENT = '    ';
const EMPTY: Cell = { text: '', style: (text) => text };

/**
 * Aligned rows. The last column is wrapped to the width of the terminal; words longer than a line are left to the terminal,
 * so that they can be copied.
 */
export function fitRows(rows: readonly Row[], columns: number): string {
  const { lines, available, isFitting } = wrapRows(rows, columns);
  return isFitting || available >= MIN_LAST_COLUMNS ? draw(lines) : stack(rows, columns);
}

/**
 * The same for a table with a heading. If it is too wide, the widest of the other columns are truncated: until the last one
 * fits, or where that is not possible, until it is `MIN_LAST_COLUMNS` wide. Undefined if that is not possible either or the
 * terminal has less than 60 columns.
 */
export function fitTable(rows: readonly Row[], columns: number): string | undefined {
  const whole = wrapRows(rows, columns);
  if (whole.isFitting) return draw(whole.lines);
  if (columns < MIN_TABLE_COLUMNS) return undefined;
  const words = rows.flatMap((row) => visible(row.at(-1)?.text ?? '').split(' '));
  const longest = Math.max(MIN_LAST_COLUMNS, ...words.map(widthOf));
  const fitting = wrapRows(cutOthers(rows, columns, longest), columns);
  if (fitting.isFitting) return draw(fitting.lines);
  const cut = wrapRows(cutOthers(rows, columns, MIN_LAST_COLUMNS), columns);
  return cut.available < MIN_LAST_COLUMNS ? undefined : draw(cut.lines);
}

/** Truncates the widest column but the last, again and again, until the last one has `wanted` columns. */
function cutOthers(rows: readonly Row[], columns: number, wanted: number): readonly Row[] {
  const widths = columnWidths(rows);
  const max = Math.max(...widths);
  const missing = wanted - availableForLast(widths, columns);
  if (missing <= 0 || max <= MIN_CUT_COLUMNS) return rows;
  const widest = widths.indexOf(max);
  const width = Math.max(MIN_CUT_COLUMNS, max - missing);
  const cut = rows.map((row) =>
    row.map((cell, index) =>
      index === widest ? { ...cell, text: cutToWidth(cell.text, width) } : cell,
    ),
  );
  return cutOthers(cut, columns, wanted);
}

function stack(rows: readonly Row[], columns: number): string {
  const heads = draw(rows.map((row) => row.slice(0, -1))).split('\n');
  const available = columns - INDENT.length;
  const lines = rows.flatMap((row, index) => {
    const head = heads[index] ?? '';
    const below = wrapLast([row.at(-1) ?? EMPTY], available).map(
      (line) => `${INDENT}${draw([line])}`,
    );
    return head === '' ? below : [head, ...below];
  });
  return lines.join('\n');
}

function draw(rows: readonly Row[]): string {
  return formatTable(rows.map((row) => row.map(({ text, style }) => style(text))));
}

function wrapRows(rows: readonly Row[], columns: number) {
  const available = availableForLast(columnWidths(rows), columns);
  const lines = rows.flatMap((row) => wrapLast(row, available));
  const isFitting = lines.every((line) => widthOf(visible(line.at(-1)?.text ?? '')) <= available);
  return { lines, available, isFitting };
}

/** Of all columns except the last. */
function columnWidths(rows: readonly Row[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, { text }] of row.slice(0, -1).entries()) {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(visible(text)));
    }
  }
  return widths;
}

function availableForLast(widths: readonly number[], columns: number): number {
  return widths.reduce((available, width) => available - width - GAP_COLUMNS, columns);
}

function wrapLast(row: Row, available: number): readonly Row[] {
  const last = row.at(-1) ?? EMPTY;
  if (available < MIN_LAST_COLUMNS) return [row];
  const before = row.slice(0, -1);
  return wrapLine(visible(last.text), available, { measure: widthOf, keepsWords: true }).map(
    (line, index) => [...(index === 0 ? before : before.map(() => EMPTY)), { ...last, text: line }],
  );
}
