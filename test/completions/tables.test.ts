import { expect, it } from 'vitest';
import { makeTables, type RowSource } from '../../src/completions/tables.js';
import { command, EXAMPLE_TREE, option } from './example-tree.js';

const tables = makeTables(EXAMPLE_TREE);
const textsOf = (source: RowSource) =>
  source.kind === 'words' ? source.words.map(({ text }) => text) : [];

it('writes a place as its words, each behind a blank', () => {
  expect(tables.commands).toContain(' vnc create');
});

it('offers the verbs of a group, and those of a command that is a group too', () => {
  const rows = tables.subcommands.map(({ keys, source }) => [keys[0], textsOf(source)]);
  expect(rows).toEqual([
    ['0', ['login', 'clusters', 'vnc', 'completion']],
    ['0 clusters', ['use']],
    ['0 vnc', ['create', 'show', 'screenshot']],
  ]);
});

it('knows the options whose value is the next word; an optional value never is', () => {
  expect(tables.awaiting).toEqual([
    '-o',
    '--output',
    '--profile',
    ' login --user',
    ' vnc screenshot -f',
    ' vnc screenshot --file',
  ]);
});

it('keeps an option that is global too in the global list only', () => {
  const commands = [command('login', { options: [option('--json'), option('--user')] })];
  const { options } = makeTables({ ...EXAMPLE_TREE, commands });
  expect(options.map(({ source }) => textsOf(source))).toEqual([['--user']]);
});

it('brings every summary on one line', () => {
  const summaries = tables.globalOptions.map((word) => word.summary);
  expect(summaries.join('')).not.toContain('\n');
});
