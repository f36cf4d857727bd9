import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createColourTheme } from '../../src/view/colour-theme.js';
import { type Cell, cutToWidth, fitRows, fitTable, formatTable } from '../../src/view/table.js';
import { PLAIN_THEME } from '../../src/view/theme.js';

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
  it('separates columns by two spaces, without a frame or trailing spaces', () => {
    expect(
      formatTable([
        ['NAME', 'SIZE', 'ID'],
        ['gv101:4', '', 'x'],
        ['a', '1×1', ''],
      ]),
    ).toBe('NAME     SIZE  ID\ngv101:4        x\na        1×1');
  });

  it('aligns Chinese, Japanese, Korean, full-width letters, emoji and accents by width', () => {
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

  it('adds no colour', () => {
    expect(formatTable([['NAME'], ['x']])).not.toContain('\x1b');
  });

  it('without rows is an empty string', () => {
    expect(formatTable([])).toBe('');
  });
});

describe('truncation', () => {
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

  it('never exceeds the width', () => {
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

const cell = (text: string): Cell => ({ text, style: PLAIN_THEME.plain });
const rows = (...texts: (readonly string[])[]) => texts.map((row) => row.map(cell));
const lines = (texts: (readonly string[])[], columns: number) =>
  fitRows(rows(...texts), columns).split('\n');

describe('rows in a terminal', () => {
  it.each([
    [80, ['ok  ssh  OpenSSH_9.2p1 Debian-2, /usr/bin/ssh']],
    [45, ['ok  ssh  OpenSSH_9.2p1 Debian-2, /usr/bin/ssh']],
    [44, ['ok  ssh  OpenSSH_9.2p1 Debian-2,', '         /usr/bin/ssh']],
    [31, ['ok  ssh  OpenSSH_9.2p1', '         Debian-2, /usr/bin/ssh']],
    [29, ['ok  ssh  OpenSSH_9.2p1', '         Debian-2,', '         /usr/bin/ssh']],
    // Too narrow for the last column beside the others.
    [28, ['ok  ssh', '    OpenSSH_9.2p1 Debian-2,', '    /usr/bin/ssh']],
  ])('of %i columns are wrapped in their last column', (columns, broken) => {
    expect(lines([['ok', 'ssh', 'OpenSSH_9.2p1 Debian-2, /usr/bin/ssh']], columns)).toEqual(broken);
  });

  it('have no empty lines between them when the last column moves below', () => {
    const texts = [
      ['warning', 'the viewer', 'has no display to open'],
      ['', '', '→ run it on your own machine'],
    ];
    expect(lines(texts, 40)).toEqual([
      'warning  the viewer',
      '    has no display to open',
      '    → run it on your own machine',
    ]);
  });

  it('are wrapped by the line-breaking rules of Chinese', () => {
    expect(
      lines([['注意', '查看器', '没有可以打开窗口的显示器，请在您自己的电脑上运行。']], 40),
    ).toEqual([
      '注意  查看器  没有可以打开窗口的显示器，',
      '              请在您自己的电脑上运行。',
    ]);
  });

  it('do not break a word that is too long, so that it can be copied', () => {
    const path = `/home/${'x'.repeat(60)}/credentials.json`;
    expect(lines([['STORED IN', path]], 40)).toEqual([`STORED IN  ${path}`]);
  });

  it('style each line separately', () => {
    const styled = [
      [cell('a'), { text: 'one two three four five six', style: (text: string) => `<${text}>` }],
    ];
    expect(fitRows(styled, 26)).toBe('a  <one two three four five>\n   <six>');
  });

  it.each([24, 30, 40, 60, 80])(
    'are never wider than %i columns where words can be broken',
    (columns) => {
      const texts = [
        ['a', 'plain words in a row, and more of them than fit into a line'],
        ['长', '在您自己的电脑上运行 hpc-desk，或者：hpc-desk vnc connect --viewer none'],
        ['e\u0301', 'ไทย ไทย ไทย \u{1f600}\u{1f600} 한국어 한국어 한국어 한국어 한국어 한국어'],
      ];
      expect(lines(texts, columns).filter((line) => stringWidth(line) > columns)).toEqual([]);
    },
  );
});

describe('a table in a terminal', () => {
  const path = `/home/${'x'.repeat(60)}`;

  it('is not drawn below 60 columns if it does not fit', () => {
    expect(fitTable(rows(['STORED IN', path]), 59)).toBeUndefined();
    expect(fitTable(rows(['STORED IN', '/home']), 20)).toBe('STORED IN  /home');
  });

  it('does not break a long word in its last column at 60 columns or more', () => {
    expect(fitTable(rows(['STORED IN', path]), 60)).toBe(`STORED IN  ${path}`);
  });

  it('truncates the widest of the other columns', () => {
    expect(fitTable(rows(['viewer', path, 'settings file']), 60)).toBe(
      `viewer  ${path.slice(0, 27)}...  settings file`,
    );
  });

  it('keeps the full session ID in the narrowest table and truncates other columns', () => {
    const session = ['gv101:4', '10.0.41.101:5904', '1280×1024', '3 h', 'gv101--test_1215--SIG--4'];
    expect(fitTable(rows(session), 60)).toBe(
      'gv101:4  10.0.4...  1280×1024  3 h  gv101--test_1215--SIG--4',
    );
    expect(fitTable(rows(session), 67)).toContain('1280×1024  3 h  gv101--test_1215--SIG--4');
  });

  it('is not drawn if truncation does not free enough columns', () => {
    expect(fitTable(rows([...Array(7).fill(path), 'settings file']), 80)).toBeUndefined();
  });
});
