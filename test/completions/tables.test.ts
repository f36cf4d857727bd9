import { expect, it } from 'vitest';
import { makeTables, type RowSource } from '../../src/completions/tables.js';
import { command, EXAMPLE_TREE, option } from './example-tree.js';

const tables = makeTables(EXAMPLE_TREE);
const textsOf = (source: RowSource) =>
  source.kind === 'words' ? source.words.map(({ text }) => text) : [];

it('writes a command path as its words, each after a space', () => {
  expect(tables.commands).toContain(' vnc create');
});

it('offers the subcommands of a group, and of a command that is also a group', () => {
  const rows = tables.subcommands.map(({ keys, source }) => [keys[0], textsOf(source)]);
  expect(rows).toEqual([
    ['0', ['login', 'clusters', 'vnc', 'completion']],
    ['0 clusters', ['use']],
    ['0 vnc', ['create', 'show', 'screenshot']],
  ]);
});

it('lists the options that take the next word as value, without those of an optional value', () => {
  expect(tables.awaiting).toEqual([
    '-o',
    '--output',
    '--profile',
    ' login --user',
    ' vnc screenshot -f',
    ' vnc screenshot --file',
  ]);
});

it('lists an option that is also global only as a global one', () => {
  const commands = [command('login', { options: [option('--json'), option('--user')] })];
  const { options } = makeTables({ ...EXAMPLE_TREE, commands });
  expect(options.map(({ source }) => textsOf(source))).toEqual([['--user']]);
});

it('puts every summary on one line', () => {
  expect(JSON.stringify(EXAMPLE_TREE)).toContain('\\n');
  expect(JSON.stringify(tables)).not.toContain('\\n');
});
