import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { layOutRows, wrapShellLine } from '../../../src/cli/help/help.js';
import { TOPICS } from '../../../src/cli/help/help-request.js';
import { layOutTopic } from '../../../src/cli/help/show-help.js';
import { MAKE_TOPIC } from '../../../src/cli/help/topics.js';
import { parseCommandLine } from '../../../src/cli/parse/program.js';
import { commands } from '../../../src/commands/index.js';
import { type Locale, loadMessages, loadTopics } from '../../../src/i18n/locale.js';
import { isOrdinary } from '../../../src/model/ordinary-text.js';

describe('wrapping a shell command keeps its meaning', () => {
  const EXAMPLES = commands.flatMap(({ help }) => help.examples.map(({ line }) => line));
  const LINES = [...EXAMPLES, "printf '%s  two blanks' 昆山昆山昆山昆山昆山昆山昆山昆山昆山昆山"];

  it.each(LINES.flatMap((line) => [20, 40].map((width) => [width, line] as const)))(
    'at %i columns: %s',
    (width, line) => {
      const lines = wrapShellLine(line, width);
      expect(lines.filter((one) => stringWidth(one) > width)).toEqual([]);
      const read = lines.join('\n').replaceAll('\\\n', '');
      expect(read.trim().replaceAll(/ +/g, ' ')).toBe(line.replaceAll(/ +/g, ' '));
    },
  );
});

describe('rows', () => {
  it('are aligned by display width', () => {
    const rows = layOutRows(
      [
        ['变量', 'a description of several words'],
        ['NAME_X', '一段需要折行的中文说明文字'],
      ],
      34,
    );
    expect(rows).toEqual([
      '  变量    a description of several',
      '          words',
      '  NAME_X  一段需要折行的中文说明',
      '          文字',
    ]);
  });

  it('put the description below the term if it does not fit beside it', () => {
    expect(layOutRows([['HPC_DESK_CONFIG_DIR', 'this very folder']], 40)).toEqual([
      '  HPC_DESK_CONFIG_DIR',
      '      this very folder',
    ]);
  });
});

const LANGUAGES: readonly Locale[] = ['en', 'zh'];
const WIDTHS = [40, 60, 80, 120];
const PAGES = [[], ['vnc'], ['config'], ...commands.map(({ path }) => path)];
const MAY_NOT_START_A_LINE = /^\s*[，。；：！？、）》〉」』】〕”’…,.;:!?)\]}%]/;
/** A term and its description side by side. */
const ROW = /^ {2}\S.*?\S(?= {2,}\S)/;

interface Page {
  readonly title: string;
  readonly lines: readonly string[];
}

async function pagesIn(locale: Locale, columns: number): Promise<readonly Page[]> {
  const [messages, texts] = await Promise.all([loadMessages(locale), loadTopics(locale)]);
  const ofCommands = PAGES.map((path) => {
    const options = { messages, version: '1.2.3', columns, hasColor: false };
    const page = parseCommandLine(commands, [...path, '--help'], options);
    if (page.kind !== 'help') throw new Error(`no help: ${path.join(' ')}`);
    return { title: path.join(' '), lines: page.text.split('\n') };
  });
  const width = Math.min(columns, 100);
  const ofTopics = TOPICS.map((topic) => {
    const page = MAKE_TOPIC[topic](texts, commands);
    const text = layOutTopic(page, messages.help.examples, width);
    return { title: `help ${topic}`, lines: text.split('\n') };
  });
  return [...ofCommands, ...ofTopics];
}

describe.each(LANGUAGES.flatMap((locale) => WIDTHS.map((columns) => [locale, columns] as const)))(
  'every help page in %s at %i columns',
  (locale, columns) => {
    let pages: readonly Page[];
    beforeAll(async () => {
      pages = await pagesIn(locale, columns);
    });
    const find = (isOdd: (line: string) => boolean) =>
      pages.flatMap(({ title, lines }) => lines.filter(isOdd).map((line) => `${title}: ${line}`));

    it('has no wider line', () => {
      expect(find((line) => stringWidth(line) > columns)).toEqual([]);
    });

    it('contains only ASCII, Chinese and their punctuation', () => {
      expect(find((line) => !isOrdinary(line))).toEqual([]);
    });

    it('starts no line with closing punctuation', () => {
      expect(find((line) => MAY_NOT_START_A_LINE.test(line))).toEqual([]);
    });

    it('has no trailing whitespace', () => {
      expect(find((line) => /\s$/.test(line))).toEqual([]);
    });

    it('aligns its descriptions by display width', () => {
      const odd = pages.flatMap(({ title, lines }) =>
        blocksOf(lines).flatMap((block) => {
          const starts = new Set(block.map(startOfDescription).filter((start) => start > 0));
          return starts.size > 1 ? [`${title}: ${block.join('\n')}`] : [];
        }),
      );
      expect(odd).toEqual([]);
    });
  },
);

it('every page has examples', async () => {
  for (const locale of LANGUAGES) {
    const { help } = await loadMessages(locale);
    const groups = new Set(['', 'vnc', 'config']);
    const pages = (await pagesIn(locale, 80)).filter(({ title }) => !groups.has(title));
    expect(pages.filter(({ lines }) => !lines.includes(help.examples))).toEqual([]);
  }
});

/** Blocks separated by empty lines, without the examples, which are not rows. */
function blocksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const text = lines.join('\n').split(/\n(?:Examples:|示例：)\n/)[0] ?? '';
  return text.split('\n\n').map((block) => block.split('\n'));
}

function startOfDescription(line: string): number {
  const [term = ''] = ROW.exec(line) ?? [];
  if (term === '') return 0;
  const gap = line.slice(term.length).length - line.slice(term.length).trimStart().length;
  return stringWidth(term) + gap;
}
