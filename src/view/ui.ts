import { formatDistance } from '../i18n/format.js';
import type { Messages } from '../i18n/messages.js';
import { formatZonedTime } from '../model/time.js';
import { fitRows, fitTable, type Row } from './table.js';
import { linkFile } from './terminal-signals.js';
import type { Theme } from './theme.js';

/** Messages, styles and layout for the `view` of a command. */
export interface Ui {
  readonly messages: Messages;
  readonly theme: Theme;
  /** Width of the terminal; infinite without one. */
  readonly columns: number;
  /**
   * A heading and rows, or `emptyText`. If the terminal is too narrow, each row becomes a block of fields. Values may be
   * untrusted.
   */
  table(
    heading: readonly string[],
    rows: readonly (readonly string[])[],
    emptyText: string,
  ): string;
  /** Aligned rows; the last column is wrapped. Values may be untrusted. */
  aligned(rows: readonly Row[]): string;
  /** Aligned labels and values; empty values are omitted. Values may be untrusted. */
  fields(pairs: readonly (readonly [label: string, value: string])[]): string;
  /** The path of a local file, as a link if the terminal supports it. */
  file(path: string): string;
  /** A sanitized text with a local path in it, the path as such a link. */
  linked(shown: string, path: string): string;
  /** An ISO time with its distance from now. */
  moment(iso: string): string;
  /** The distance of an ISO time from now, for tables. */
  relative(iso: string): string;
  /** How long ago an ISO time is, in one unit. */
  age(iso: string): string;
}

export interface UiOptions {
  readonly messages: Messages;
  readonly theme: Theme;
  readonly columns: number;
  readonly hasLinks?: boolean;
  readonly now: Date;
  /** That of every time that is shown; left out, each has its own. */
  readonly timeZone?: string;
}

export function createUi({ messages, theme, columns, hasLinks, now, timeZone }: UiOptions): Ui {
  const aligned = (rows: readonly Row[]) => fitRows(rows, columns);
  const fields: Ui['fields'] = (pairs) =>
    aligned(
      pairs
        .filter(([, value]) => value !== '')
        .map(([label, value]) => [
          { text: label, style: theme.dim },
          { text: value, style: theme.plain },
        ]),
    );
  function inZone(iso: string): string {
    const time = new Date(iso);
    const isTime = timeZone !== undefined && !Number.isNaN(time.getTime());
    return isTime ? formatZonedTime(time, timeZone) : iso;
  }
  const link: Ui['linked'] = (shown, path) => (hasLinks === true ? linkFile(shown, path) : shown);
  return {
    messages,
    theme,
    columns,
    table(heading, rows, emptyText) {
      if (rows.length === 0) return theme.dim(emptyText);
      const cells = [
        heading.map((text) => ({ text, style: theme.strong })),
        ...rows.map((row) => row.map((text) => ({ text, style: theme.plain }))),
      ];
      return (
        fitTable(cells, columns) ??
        rows
          .map((row) => fields(heading.map((label, index) => [label, row[index] ?? ''])))
          .join('\n\n')
      );
    },
    aligned,
    fields,
    file: (path) => link(theme.plain(path), path),
    linked: link,
    moment: (iso) => formatMoment(inZone(iso), now, messages.time),
    relative: (iso) => formatRelative(iso, now, messages.time),
    age: (iso) => formatAge(iso, now, messages.time),
  };
}

/** `2023-02-02 11:59:45 +08:00 (3 h ago)`; anything but an ISO time is returned unchanged. */
export function formatMoment(iso: string, now: Date, words: Messages['time']): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(iso);
  if (match === null) return iso;
  const [, date, time, offset] = match;
  return words.aside(`${date} ${time} ${offset}`, formatRelative(iso, now, words));
}

/** `3 h ago`, `in 3 h`; anything but a time is returned unchanged. */
export function formatRelative(iso: string, now: Date, words: Messages['time']): string {
  const distanceMs = new Date(iso).getTime() - now.getTime();
  if (Number.isNaN(distanceMs)) return iso;
  const distance = formatDistance(Math.abs(distanceMs), words.units);
  return distanceMs < 0 ? words.ago(distance) : words.ahead(distance);
}

/** The age of an ISO time in its largest unit, `3 h`; anything else is returned unchanged. */
export function formatAge(iso: string, now: Date, words: Messages['time']): string {
  const ageMs = now.getTime() - new Date(iso).getTime();
  // Clock skew may put the time in the future.
  return Number.isNaN(ageMs) ? iso : formatDistance(Math.max(0, ageMs), words.units, 1);
}
