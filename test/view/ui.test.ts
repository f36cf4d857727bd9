import { expect, it } from 'vitest';
import { en } from '../../src/i18n/en/index.js';
import type { Messages } from '../../src/i18n/messages.js';
import { zh } from '../../src/i18n/zh/index.js';
import { createColourTheme } from '../../src/view/colour-theme.js';
import { PLAIN_THEME } from '../../src/view/theme.js';
import { createUi } from '../../src/view/ui.js';

const uiOf = (columns: number, hasColor = false) =>
  createUi({
    messages: en,
    theme: hasColor ? createColourTheme() : PLAIN_THEME,
    columns,
    now: new Date(0),
  });

it('prints the given message instead of an empty table', () => {
  expect(uiOf(80).table(['NAME'], [], 'No sessions.')).toBe('No sessions.');
});

it('prints a table at 60 columns or more, and fields otherwise', () => {
  const table = (columns: number) =>
    uiOf(columns).table(['NAME', 'ID'], [['gv101:4', 'x'.repeat(60)]], '');
  expect(table(60)).toBe(`NAME     ID\ngv101:4  ${'x'.repeat(60)}`);
  expect(table(59)).toBe(`NAME  gv101:4\nID    ${'x'.repeat(60)}`);
});

it.each([
  ['1970-01-01T00:00:00Z', '0 s'],
  ['1969-12-31T20:30:00Z', '3 h'],
  ['1969-12-28T20:30:00Z', '3 d'],
  ['1970-01-01T00:00:09Z', '0 s'],
  ['no time', 'no time'],
])('the age of a session created at %s is %s', (iso, age) => {
  expect(uiOf(80).age(iso)).toBe(age);
});

it('leaves out fields without a value', () => {
  const fields = [
    ['NAME', 'gv101:4'],
    ['JOB', ''],
    ['SESSION ID', 'x'],
  ] as const;
  expect(uiOf(80).fields(fields)).toBe('NAME        gv101:4\nSESSION ID  x');
});

it.each([true, false])(
  'escapes control characters in table cells and field values (colour: %s)',
  (hasColor) => {
    const ui = uiOf(80, hasColor);
    const text = `${ui.table(['A'], [['\x1b[2J\n\u202e']], '')}${ui.fields([['A', '\x1b[2J\r']])}`;
    expect(text).toContain('\\x1b[2J\\x0a\\u202e');
    expect(text).toContain('\\x1b[2J\\x0d');
    expect(text.replaceAll(/\x1b\[\d+m/g, '')).not.toMatch(/[\x1b\r\u202e]/);
  },
);

const momentOf = (iso: string, messages: Messages) =>
  createUi({
    messages,
    theme: PLAIN_THEME,
    columns: 80,
    now: new Date('2023-02-02T15:19:45+08:00'),
  }).moment(iso);

it.each([
  ['2023-02-02T11:59:45+08:00', '2023-02-02 11:59:45 +08:00 (3 h 20 min ago)'],
  ['2023-02-03T01:00:00+08:00', '2023-02-03 01:00:00 +08:00 (in 9 h 40 min)'],
  ['2023-02-02T07:19:45.000Z', '2023-02-02 07:19:45 Z (in 0 s)'],
  ['', ''],
  ['yesterday', 'yesterday'],
  ['2023-02-02', '2023-02-02'],
])('formats the time %j as %s', (iso, text) => {
  expect(momentOf(iso, en)).toBe(text);
});

it('formats a time in Chinese', () => {
  expect(momentOf('2023-02-02T11:59:45+08:00', zh)).toBe(
    '2023-02-02 11:59:45 +08:00（3 小时 20 分钟前）',
  );
});
