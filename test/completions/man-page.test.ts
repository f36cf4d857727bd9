import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ManPageFacts, writeManPage } from '../../src/completions/man-page.js';
import { generatedFiles } from '../../src/generated-files.js';
import { describeWith } from '../helpers/real-components.js';
import { command, EXAMPLE_TREE, HOSTILE_SUMMARY_ONE_LINE } from './example-tree.js';

const FACTS: ManPageFacts = {
  about: 'Shows a desktop.',
  topics: [
    {
      title: 'exit status',
      sections: [
        { paragraphs: ['One.', 'Two.'] },
        { title: 'Codes:', rows: [['0', "'quoted' from the start"]] },
      ],
      examples: [['echo "$?" \\', '.told at once']],
    },
  ],
  examples: new Map([['vnc create', [['hpc-desk vnc create --wait=90s', 'waits a while']]]]),
};
const REQUESTS = ['\\"', 'TH', 'nh', 'nr', 'ad', 'SH', 'SS', 'PP', 'TP', 'RS', 'RE', 'EX', 'EE'];

const page = writeManPage(EXAMPLE_TREE, FACTS);

it('sets literal text in bold and placeholders in italics', () => {
  expect(page).toContain('\\fB\\-o, \\-\\-output=\\fR\\fIFORMAT\\fR\nAbout');
  expect(page).toContain('.SS \\fBhpc\\-desk vnc show\\fR [\\fIselector\\fR]\n');
});

it('puts an optional value in brackets', () => {
  expect(page).toContain('\\fB\\-\\-wait[=\\fR\\fIDURATION\\fR\\fB]\\fR\n');
});

it('lists the examples of each command, each below its description', () => {
  expect(page).toContain(
    'waits a while:\n.PP\n.RS 4\n.EX\nhpc\\-desk vnc create \\-\\-wait=90s\n.EE\n.RE\n',
  );
});

it('omits groups, which do nothing by themselves', () => {
  expect(page).not.toContain('.SS \\fBhpc\\-desk vnc\\fR\n');
});

it.each(['.SH oh', "'br", '.', "'", '\\fBbold', '\\n(.z', '…', '\u{1f5a5}', '^~`"'])(
  'escapes text that looks like a roff request or escape: %s',
  (summary) => {
    const text = writeManPage(
      { ...EXAMPLE_TREE, commands: [command('login', { summary })] },
      FACTS,
    );
    expect(text).toMatch(/^[\n -~]*$/);
    const requests = text.match(/^[.'][^ \n]*/gm) ?? [];
    expect(requests.filter((one) => ![...REQUESTS, 'BR'].includes(one.slice(1)))).toEqual([]);
    expect(requests.filter((one) => one === '.SH')).toHaveLength(7);
  },
);

describeWith(['man', 'groff'], 'rendered by man', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hpc-desk-man-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function show(text: string, columns = 400) {
    const file = join(folder, 'page.1');
    await writeFile(file, text);
    const env = {
      PATH: process.env.PATH,
      LC_ALL: 'C.UTF-8',
      MANWIDTH: String(columns),
      HOME: folder,
    };
    const { stdout, stderr } = await promisify(execFile)('man', ['--warnings', '-l', file], {
      env,
    });
    return { text: stdout, warnings: stderr };
  }

  it('text with special characters is shown unchanged', async () => {
    const shown = await show(page);
    expect(shown.warnings).toBe('');
    expect(shown.text).toContain(HOSTILE_SUMMARY_ONE_LINE);
    expect(shown.text).toContain("'quoted' from the start");
    expect(shown.text).toContain('.told at once:');
    expect(shown.text).toContain('echo "$?" \\\n');
  });

  it.each([40, 80, 120])(
    'the real page has no warning and no hyphenated word at %i columns',
    async (columns) => {
      const real = (await generatedFiles()).find(({ file }) => file.endsWith('.1'))?.text ?? '';
      const shown = await show(real, columns);
      expect(shown.warnings).toBe('');
      expect(shown.text).not.toMatch(/‐\n/);
      expect(shown.text).toContain('hpc-desk vnc create');
      expect(shown.text).toContain('--token-stdin');
      expect(shown.text).toMatch(/^EXIT STATUS$/m);
      expect(shown.text).toMatch(/^ENVIRONMENT$/m);
    },
  );
});
