import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { commandTree } from '../../../src/cli/help/command-tree.js';
import { TOPICS } from '../../../src/cli/help/help-request.js';
import { GLOBAL_OPTIONS } from '../../../src/cli/parse/globals.js';
import { commands } from '../../../src/commands/index.js';
import { EXIT_CODES, FAMILIES } from '../../../src/errors/codes.js';
import { en } from '../../../src/i18n/en/index.js';
import { runCli } from '../../helpers/run-cli.js';

async function treeOf(line: string) {
  const { exitCode, stdout, stderr } = await runCli(line);
  expect([exitCode, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const pathsOf = (tree: { commands: { path: string[] }[] }) =>
  tree.commands.map(({ path }) => path.join(' '));

describe('help --json', () => {
  it('has every command with its options, fields and examples', async () => {
    const tree = await treeOf('help --json');
    const expected = JSON.parse(JSON.stringify(commandTree(commands, en)));
    expect(tree.commands).toMatchObject(expected.commands);
    for (const { path, help, output } of commands) {
      const found = tree.commands.find((one: { path: string[] }) => `${one.path}` === `${path}`);
      expect(found.examples.map(({ line }: { line: string }) => line)).toEqual(
        help.examples.map(({ line }) => line),
      );
      expect(found.fields).toEqual(expect.arrayContaining([...output.fields]));
    }
  });

  it('has the global options, the topics and the exit codes', async () => {
    const tree = await treeOf('help --json');
    expect(tree).toMatchObject({ program: 'hpc-desk', version: '0.0.0-test' });
    const longs = tree.globalOptions.map(({ long }: { long: string }) => long);
    expect(longs).toEqual(
      expect.arrayContaining(GLOBAL_OPTIONS.map(({ flags }) => new Option(flags).long)),
    );
    expect(tree.topics.map(({ name }: { name: string }) => name)).toEqual([...TOPICS]);
    expect(tree.exitCodes).toHaveLength(Object.keys(EXIT_CODES).length);
    const codes = tree.exitCodes.flatMap((one: { codes: string[] }) => one.codes);
    expect(codes.toSorted()).toEqual(Object.keys(FAMILIES).toSorted());
  });

  it.each([
    ['help vnc --json', commands.filter(({ path }) => path[0] === 'vnc').length + 1],
    ['--json help vnc create', 1],
    ['help -o json config get', 1],
    ['help clusters --json', 2],
  ])('can be limited to a group or a command: %s', async (line, count) => {
    const tree = await treeOf(line);
    expect(tree.commands).toHaveLength(count);
    const words = line.split(' ').filter((word) => !/^(-.*|help|json)$/.test(word));
    expect(pathsOf(tree)).toContain(words.join(' '));
  });

  it('has Chinese summaries and the same commands with --lang zh', async () => {
    const [english, chinese] = [await treeOf('help --json'), await treeOf('help --json --lang zh')];
    expect(pathsOf(chinese)).toEqual(pathsOf(english));
    expect(chinese.commands[0].summary).toMatch(/\p{Script=Han}/u);
  });

  it('is one line in a pipe and indented on a terminal', async () => {
    expect((await runCli('help --json')).stdout.trim()).not.toContain('\n');
    expect((await runCli('help --json', { isTerminal: true })).stdout).toContain('\n  "program"');
  });
});

it.each(['help vnc connect', 'help vnc connect --lang en', '--lang en help vnc connect'])(
  '%s prints the help page of the command',
  async (line) => {
    expect((await runCli(line)).stdout).toBe((await runCli('vnc connect --help')).stdout);
  },
);
