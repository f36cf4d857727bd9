import { formatDistance } from '../i18n/format.js';
import type { Messages } from '../i18n/messages.js';
import { formatZonedTime } from '../model/time.js';
import { fitRows, fitTable, type Row } from './table.js';
import { linkFile } from './terminal-signals.js';
import type { Theme } from './theme.js';

export interface UiOptions {
  readonly messages: Messages;
  readonly theme: Theme;
  /** Width of the terminal; infinite without one. */
  readonly columns: number;
  readonly hasLinks?: boolean;
  readonly now: Date;
  /** That of every time that is shown; left out, each has its own. */
  readonly timeZone?: string;
}

/** Messages, styles and layout for the `view` of a command. Values may be untrusted. */
export type Ui = ReturnType<typeof createUi>;

export function createUi({ messages, theme, columns, hasLinks, now, timeZone }: UiOptions) {
  const { time: words } = messages;

  /** Aligned rows; the last column is wrapped. */
  const aligned = (rows: readonly Row[]) => fitRows(rows, columns);

  /** Aligned labels and values; empty values are omitted. */
  function fields(pairs: readonly (readonly [label: string, value: string])[]): string {
    const rows = pairs.filter(([, value]) => value !== '');
    return aligned(
      rows.map(([label, value]) => [
        { text: label, style: theme.dim },
        { text: value, style: theme.plain },
      ]),
    );
  }

  /** A heading and rows, or `emptyText`. If the terminal is too narrow, each row becomes a block of fields. */
  function table(
    heading: readonly string[],
    rows: readonly (readonly string[])[],
    emptyText: string,
  ): string {
    if (rows.length === 0) return theme.dim(emptyText);
    const cells = [
      heading.map((text) => ({ text, style: theme.strong })),
      ...rows.map((row) => row.map((text) => ({ text, style: theme.plain }))),
    ];
    const blocks = () =>
      rows.map((row) => fields(heading.map((label, index) => [label, row[index] ?? ''])));
    return fitTable(cells, columns) ?? blocks().join('\n\n');
  }

  /** A sanitized text with a local path in it, the path as a link if the terminal supports it. */
  const linked = (shown: string, path: string) =>
    hasLinks === true ? linkFile(shown, path) : shown;

  /** The path of a local file, as such a link. */
  const file = (path: string) => linked(theme.plain(path), path);

  /** The distance of an ISO time from now: `3 h ago`, `in 3 h`; anything else is returned unchanged. */
  function relative(iso: string): string {
    const leftMs = new Date(iso).getTime() - now.getTime();
    if (Number.isNaN(leftMs)) return iso;
    const distance = formatDistance(Math.abs(leftMs), words.units);
    return leftMs < 0 ? words.ago(distance) : words.ahead(distance);
  }

  /** `2023-02-02 11:59:45 +08:00 (3 h ago)`; anything but an ISO time is returned unchanged. */
  function moment(iso: string): string {
    const time = new Date(iso);
    const isTime = timeZone !== undefined && !Number.isNaN(time.getTime());
    const zoned = isTime ? formatZonedTime(time, timeZone) : iso;
    const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(zoned);
    return match === null ? zoned : words.aside(match.slice(1).join(' '), relative(zoned));
  }

  /** The age of an ISO time in its largest unit, `3 h`; anything else is returned unchanged. */
  function age(iso: string): string {
    const ageMs = now.getTime() - new Date(iso).getTime();
    // Clock skew may put the time in the future.
    return Number.isNaN(ageMs) ? iso : formatDistance(Math.max(0, ageMs), words.units, 1);
  }

  return { messages, theme, columns, table, aligned, fields, file, linked, moment, relative, age };
}
