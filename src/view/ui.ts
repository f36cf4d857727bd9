import type { Messages } from '../i18n/messages.js';
import { linkFile } from './link-file.js';
import { cutToWidth, formatTable } from './table.js';
import type { Theme } from './theme.js';
import { formatMoment } from './time.js';

/** What a command's `view` draws with: words, colours and shapes for one terminal. */
export interface Ui {
  readonly messages: Messages;
  readonly theme: Theme;
  /** Width of the terminal. */
  readonly columns: number;
  /** A heading and rows; `emptyText` when there are none. Values may be untrusted. */
  table(
    heading: readonly string[],
    rows: readonly (readonly string[])[],
    emptyText: string,
  ): string;
  /** Rows of finished cells, aligned; what is untrusted in them has passed the theme. */
  aligned(rows: readonly (readonly string[])[]): string;
  /** Label and value, one a line; empty values are left out. Values may be untrusted. */
  fields(pairs: readonly (readonly [label: string, value: string])[]): string;
  /** The path of a file of this machine, which a click opens where the terminal can. */
  file(path: string): string;
  /** A finished text that holds the path of a file of this machine, with the same done to the path. */
  linked(shown: string, path: string): string;
  /** An ISO time as a person reads it: with what lies between it and now. */
  moment(iso: string): string;
}

export interface UiOptions {
  readonly messages: Messages;
  readonly theme: Theme;
  /** Width of the terminal in columns. */
  readonly columns: number;
  /** Whether links are wanted and understood. */
  readonly hasLinks?: boolean;
  readonly now: Date;
}

export function createUi({ messages, theme, columns, hasLinks, now }: UiOptions): Ui {
  const link: Ui['linked'] = (shown, path) => (hasLinks === true ? linkFile(shown, path) : shown);
  return {
    messages,
    theme,
    columns,
    table(heading, rows, emptyText) {
      if (rows.length === 0) return theme.dim(emptyText);
      const maxCell = Math.max(20, columns - 20);
      const cells = rows.map((row) => row.map((cell) => cutToWidth(cell, maxCell)));
      return formatTable([heading.map(theme.strong), ...cells]);
    },
    aligned: formatTable,
    fields(pairs) {
      const shown = pairs.filter(([, value]) => value !== '');
      return formatTable(shown.map(([label, value]) => [theme.dim(label), theme.plain(value)]));
    },
    file: (path) => link(theme.plain(path), path),
    linked: link,
    moment: (iso) => formatMoment(iso, now, messages.time),
  };
}
