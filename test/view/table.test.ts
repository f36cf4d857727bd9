import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createColourTheme } from '../../src/view/colour-theme.js';
import { cutToWidth, formatTable } from '../../src/view/table.js';

const CELLS = [
  'gv101:4',
  '',
  '华东一区【昆山】',
  'ｆｕｌｌ',
  '🖥🚀',
  '🇨🇳',
  'e\u0301te\u0301',
  '한글',
  'かな',
  'a b',
];

/** Columns at which the second cell of each row starts. */
function secondColumns(rows: readonly (readonly [string, string])[]): number[] {
  const lines = formatTable(rows.map(([first]) => [first, '|'])).split('\n');
  return lines.map((line) => stringWidth(line.slice(0, line.lastIndexOf('|'))));
}

describe('a table', () => {
  it('is columns with two blanks between, no frame, no blanks at the ends', () => {
    expect(
      formatTable([
        ['NAME', 'SIZE', 'ID'],
        ['gv101:4', '', 'x'],
        ['a', '1×1', ''],
      ]),
    ).toBe('NAME     SIZE  ID\ngv101:4        x\na        1×1');
  });

  it('aligns Chinese, Japanese, Korean, full-width letters, emoji and accents by their width', () => {
    const columns = secondColumns(CELLS.map((cell) => [cell, '|']));
    expect(new Set(columns)).toEqual(
      new Set([Math.max(...CELLS.map((cell) => stringWidth(cell))) + 2]),
    );
  });

  it('aligns any mixture of them', () => {
    const cell = fc
      .array(fc.constantFrom(...CELLS), { maxLength: 4 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        expect(new Set(secondColumns(cells.map((text) => [text, '|']))).size).toBe(1);
      }),
    );
  });

  it('aligns coloured cells with plain ones', () => {
    const { strong } = createColourTheme();
    const columns = secondColumns([
      [strong('名称'), ''],
      ['gv101', ''],
    ]);
    expect(columns[0]).toBe(columns[1]);
  });

  it('has no colour of its own', () => {
    expect(formatTable([['NAME'], ['x']])).not.toContain('\x1b');
  });

  it('of nothing is nothing', () => {
    expect(formatTable([])).toBe('');
  });
});

describe('cutting', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abc...'],
    ['华东一区昆山', 12, '华东一区昆山'],
    ['华东一区昆山站', 12, '华东一区...'],
    ['🚀🚀🚀🚀', 7, '🚀🚀...'],
    ['e\u0301e\u0301e\u0301e\u0301e\u0301', 4, 'e\u0301...'],
    ['\x1b\x1b', 7, '\\x1b...'],
  ])('%j to %i columns gives %s', (text, columns, cut) => {
    expect(cutToWidth(text, columns)).toBe(cut);
  });

  it('never leaves more than the width', () => {
    const cell = fc
      .array(fc.constantFrom(...CELLS, '\x1b', '\ud800'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(cell, fc.integer({ min: 3, max: 40 }), (text, columns) => {
        expect(stringWidth(cutToWidth(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});
