import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMPLETION_FILES } from '../../src/completions/completion-files.js';
import { type CommandTree, LIVE_VALUES } from '../../src/model/command-tree.js';
import { describeWith } from '../helpers/real-components.js';
import { argument, option } from './example-tree.js';

const TREES_A_RUN = 10;

/** Arbitrary text with a raised share of shell metacharacters. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...`'"\\$\`()[]{}#!;&|<>\n\t *?~=:%@‘’`),
    ),
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));
const name = text.map((value) => `x${value}`);
const anyOption = fc
  .record({
    summary: text,
    value: fc.option(name, { nil: undefined }),
    choices: fc.array(name),
    long: name,
    isFile: fc.boolean(),
    origin: fc.constantFrom(undefined, ...LIVE_VALUES, 'field' as const, 'fields' as const),
  })
  .map(({ long, ...rest }) => option(`--${long}`, rest));
const anyTree: fc.Arbitrary<CommandTree> = fc.record({
  program: fc.constant('hpc-desk'),
  globalOptions: fc.array(anyOption),
  commands: fc.array(
    fc.record({
      path: fc.array(name, { minLength: 1, maxLength: 2 }),
      summary: text,
      isGroup: fc.boolean(),
      arguments: fc.array(
        fc.tuple(name, fc.array(name)).map(([long, choices]) => argument(long, { choices })),
      ),
      options: fc.array(anyOption),
      fields: fc.array(name),
    }),
  ),
});

describeWith(['bash', 'zsh', 'fish'], 'completions of any command tree', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['bash', 'zsh', 'fish'])('are valid for %s', (shell) => {
    const write = COMPLETION_FILES.find((file) => file.shell === shell)?.write;
    const check = `for file; do ${shell} -n "$file" || exit 1; done`;
    const trees = fc.array(anyTree, { minLength: TREES_A_RUN, maxLength: TREES_A_RUN });
    fc.assert(
      fc.property(trees, (list) => {
        const files = list.map((tree, index) => {
          const file = join(folder, `${shell}-${index}`);
          writeFileSync(file, write?.(tree) ?? '');
          return file;
        });
        expect(() => execFileSync('bash', ['-c', check, 'bash', ...files])).not.toThrow();
      }),
      { numRuns: 3 },
    );
  });
});
