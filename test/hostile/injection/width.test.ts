import headless from '@xterm/headless';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visible } from '../../../src/model/sanitize.js';
import { cutToWidth, formatTable } from '../../../src/view/table.js';
import { tellCount } from '../../helpers/tell-count.js';
import { EMOJI_CORPUS, WIDTH_CORPUS } from './width-corpus.js';

/**
 * What is compared: the column that the terminal (xterm.js) puts the bar of the second cell into, row by row, with the
 * column of a row of plain letters: where all are aligned, there are two columns of bars. Its own table of widths is that
 * of Unicode 6, which does not know yet that emoji are wide; those are judged by the same table with emoji in two
 * columns, as terminals have them since Unicode 9.
 */
const COLUMNS = 120;

let terminal: headless.Terminal;

beforeAll(() => {
  terminal = new headless.Terminal({
    cols: COLUMNS,
    rows: 10,
    allowProposedApi: true,
    convertEol: true,
  });
  registerWideEmoji(terminal);
});

afterAll(() => {
  terminal?.dispose();
  const texts = Object.values(WIDTH_CORPUS).flat().length + EMOJI_CORPUS.length;
  tellCount('texts whose width a terminal was asked for', texts);
});

describe.each(Object.entries(WIDTH_CORPUS))('%s', (_family, texts) => {
  it.each(texts)('%s is as wide as the terminal draws it', async (text) => {
    expect(await barsOf(text, '6')).toHaveLength(2);
  });
});

describe('emoji', () => {
  it.each(EMOJI_CORPUS)('%s is as wide as the terminal draws it', async (text) => {
    expect(await barsOf(text, WIDE_EMOJI)).toHaveLength(2);
  });
});

describe('a cut text', () => {
  const all = [
    ...Object.values(WIDTH_CORPUS)
      .flat()
      .map((text) => [text, '6'] as const),
    ...EMOJI_CORPUS.map((text) => [text, WIDE_EMOJI] as const),
  ];

  it('is never wider than it may be', async () => {
    const tooWide: string[] = [];
    for (const [text, version] of all) {
      for (const columns of [4, 5, 9]) {
        const width = await widthOf(cutToWidth(text.repeat(5), columns), version);
        if (width > columns) tooWide.push(`${text} in ${columns}: ${width}`);
      }
    }
    expect(tooWide).toEqual([]);
  });

  it('there are at least 200 texts', () => {
    expect(new Set(all.map(([text]) => text)).size).toBeGreaterThanOrEqual(200);
  });
});

/** The columns that bars stand in: behind the text once and twice, and behind letters. */
async function barsOf(text: string, version: string): Promise<readonly number[]> {
  const shown = visible(text);
  const rows = [
    [shown, '|', shown, '|'],
    ['a'.repeat(40), '|', 'b'.repeat(40), '|'],
    [`${shown}${shown}`, '|', '', '|'],
  ];
  await write(formatTable(rows), version);
  const bars = [0, 1, 2].map(findBars);
  return [...new Set(bars.flat())];
}

function findBars(row: number): readonly number[] {
  const line = terminal.buffer.active.getLine(row);
  return Array.from({ length: COLUMNS }, (_item, column) => column).filter(
    (column) => line?.getCell(column)?.getChars() === '|',
  );
}

async function widthOf(text: string, version: string): Promise<number> {
  await write(text, version);
  return terminal.buffer.active.cursorX;
}

async function write(text: string, version: string): Promise<void> {
  terminal.reset();
  terminal.unicode.activeVersion = version;
  await new Promise<void>((resolve) => terminal.write(text, resolve));
}

const WIDE_EMOJI = '6 with wide emoji';

/** Adds to the terminal's own table what Unicode 9 has changed: signs that are emoji by default are wide. */
function registerWideEmoji({ unicode }: headless.Terminal): void {
  // As long as it is the active one; `unicodeService.wcwidth` asks whichever is.
  const own = (terminal as unknown as Inside)._core.unicodeService._activeProvider;
  const wcwidth = (code: number): 0 | 1 | 2 =>
    /^(?!\p{Regional_Indicator})\p{Emoji_Presentation}$/u.test(String.fromCodePoint(code))
      ? 2
      : own.wcwidth(code);
  unicode.register({
    version: WIDE_EMOJI,
    wcwidth,
    // A value of xterm.js: the width in two bits above the one that says whether it joins what stands before.
    charProperties(code, preceding) {
      const width = wcwidth(code);
      const widthBefore = (preceding >> 1) & 3;
      const isJoined = width === 0 && preceding !== 0 && widthBefore !== 0;
      return ((isJoined ? Math.max(width, widthBefore) : width) << 1) | Number(isJoined);
    },
  });
}

interface Inside {
  readonly _core: {
    readonly unicodeService: { readonly _activeProvider: { wcwidth(code: number): 0 | 1 | 2 } };
  };
}
