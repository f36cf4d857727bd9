import headless from '@xterm/headless';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visible } from '../../../src/model/sanitize.js';
import { cutToWidth, formatTable } from '../../../src/view/table.js';
import { printCount } from '../../helpers/print-count.js';
import { EMOJI_CORPUS, WIDTH_CORPUS } from './width-corpus.js';

/**
 * Compares the columns in which the terminal (xterm.js) draws the bars after each cell with those of a row of plain
 * letters: if all rows are aligned, there are two columns of bars. The terminal's own width table is that of Unicode 6,
 * in which emoji are not wide yet; emoji are tested with the same table, but in two columns, as in terminals since
 * Unicode 9.
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
  printCount('text widths compared with a terminal', texts);
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

  it('is never wider than the limit', async () => {
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

/** The columns of the bars: after the text once and twice, and after letters. */
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

/** Adds the change of Unicode 9 to the terminal's own table: characters that are emoji by default are wide. */
function registerWideEmoji({ unicode }: headless.Terminal): void {
  // Read while it is active: `unicodeService.wcwidth` calls the active provider.
  const own = (terminal as unknown as Inside)._core.unicodeService._activeProvider;
  const wcwidth = (code: number): 0 | 1 | 2 =>
    /^(?!\p{Regional_Indicator})\p{Emoji_Presentation}$/u.test(String.fromCodePoint(code))
      ? 2
      : own.wcwidth(code);
  unicode.register({
    version: WIDE_EMOJI,
    wcwidth,
    // The xterm.js format: two bits of width above one bit for joining the preceding character.
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
