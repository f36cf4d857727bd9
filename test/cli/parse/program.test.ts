import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { GLOBAL_OPTIONS } from '../../../src/cli/parse/globals.js';
import { parseCommandLine } from '../../../src/cli/parse/program.js';
import { commands } from '../../../src/commands/index.js';
import { en } from '../../../src/i18n/en/index.js';
import { zh } from '../../../src/i18n/zh/index.js';
import { errorFrom } from '../../helpers/error-from.js';

const parse = (words: readonly string[], { messages = en, columns = 80, hasColor = false } = {}) =>
  parseCommandLine(commands, words, { messages, version: '1.2.3', columns, hasColor });

function runOf(line: string) {
  const invocation = parse(line.split(' '));
  if (invocation.kind !== 'run') throw new Error(`runs nothing: ${line}`);
  return invocation;
}

function helpOf(words: readonly string[], options?: Parameters<typeof parse>[1]) {
  const invocation = parse(words, options);
  if (invocation.kind !== 'help') throw new Error(`no help: ${words.join(' ')}`);
  return invocation.text;
}

const EXAMPLES = commands.flatMap(({ help }) => help.examples.map(({ line }) => line));

describe('help examples', () => {
  it.each(EXAMPLES)('%s is accepted', (example) => {
    const [, line = ''] = /hpc-desk ([^<>&|)]+)/.exec(example) ?? [];
    const { command, input } = runOf(line.trim());
    expect(() => command.parse?.(input)).not.toThrow();
  });

  it('exist for every command, two to five each', () => {
    for (const { help } of commands) {
      expect(help.examples.length).toBeGreaterThanOrEqual(2);
      expect(help.examples.length).toBeLessThanOrEqual(5);
    }
  });
});

describe('commands and arguments', () => {
  it.each([
    ['vnc list', ['vnc', 'list'], []],
    ['vnc show gv101:4', ['vnc', 'show'], ['gv101:4']],
    ['vnc show help', ['vnc', 'show'], ['help']],
    ['vnc show', ['vnc', 'show'], [undefined]],
    ['--json vnc show 12', ['vnc', 'show'], ['12']],
    ['vnc show --json 12', ['vnc', 'show'], ['12']],
    ['vnc --profile work show 12', ['vnc', 'show'], ['12']],
    ['vnc show -- -x', ['vnc', 'show'], ['-x']],
    ['config set lang zh', ['config', 'set'], ['lang', 'zh']],
    ['vnc ls', ['vnc', 'list'], []],
    ['config ls', ['config', 'list'], []],
    ['vnc rm 12', ['vnc', 'delete'], ['12']],
  ])('%s', (line, path, values) => {
    const { command, input } = runOf(line);
    expect(command.path).toEqual(path);
    expect(input.arguments).toEqual(values);
  });

  it('an empty selector is not a missing one', () => {
    const invocation = parse(['vnc', 'show', '']);
    expect(invocation.kind === 'run' && invocation.input.arguments).toEqual(['']);
  });
});

describe('options', () => {
  it.each([
    ['--profile a vnc list', 'a'],
    ['vnc --profile a list', 'a'],
    ['vnc list --profile a', 'a'],
    ['vnc list --profile=a', 'a'],
    ['--profile a vnc --profile b list', 'b'],
    ['--profile a vnc list --profile c', 'c'],
    ['vnc list', undefined],
  ])('are accepted at every level, and the last one wins: %s', (line, value) => {
    expect(runOf(line).input.text('--profile')).toBe(value);
  });

  it('that start with --no- are off by default', () => {
    expect(runOf('vnc connect').input.has('--no-create')).toBe(false);
    expect(runOf('vnc connect --no-create').input.has('--no-create')).toBe(true);
    expect(runOf('vnc list').input.has('--no-input')).toBe(false);
    expect(runOf('--no-input vnc list').input.has('--no-input')).toBe(true);
    expect(runOf('vnc list --color').input.has('--no-color')).toBe(false);
  });

  it('have the short form that the command table defines', () => {
    expect(runOf('vnc delete -y').input.has('--yes')).toBe(true);
  });
});

describe('a usage error', () => {
  it.each([
    ['lgin', 'usage.unknownCommand', { word: 'lgin', suggestion: 'login' }],
    ['vnc creat', 'usage.unknownCommand', { word: 'creat', suggestion: 'create' }],
    ['create', 'usage.unknownCommand', { word: 'create', suggestion: 'vnc create' }],
    ['conect', 'usage.unknownCommand', { word: 'conect', suggestion: 'vnc connect' }],
    ['--lang zh vnc lst', 'usage.unknownCommand', { word: 'lst', suggestion: 'list' }],
    ['clusters usee x', 'usage.unknownCommand', { word: 'usee', suggestion: 'use' }],
    ['hlep', 'usage.unknownCommand', { word: 'hlep', suggestion: 'help' }],
    ['qqq help', 'usage.unknownCommand', { word: 'qqq' }],
    ['vnc qqq help', 'usage.unknownCommand', { word: 'qqq' }],
    ['qqq', 'usage.unknownCommand', { word: 'qqq', suggestion: undefined }],
    ['vnc list --jsn', 'usage.unknownOption', { option: '--jsn', suggestion: '--json' }],
    ['vnc list --bogus=1', 'usage.unknownOption', { option: '--bogus', suggestion: undefined }],
    ['--bogus vnc list', 'usage.unknownOption', { option: '--bogus', suggestion: undefined }],
    ['vnc list -z', 'usage.unknownOption', { option: '-z', suggestion: undefined }],
    ['vnc list --yes', 'usage.unknownOption', { option: '--yes' }],
    ['config get', 'usage.missingArgument', { argument: 'key' }],
    ['config set via', 'usage.missingArgument', { argument: 'value' }],
    ['vnc list --field a --fields b', 'usage.conflict', { first: '--field', second: '--fields' }],
    ['vnc connect --detach --print', 'usage.conflict', { first: '--detach', second: '--print' }],
    ['vnc list -o', 'usage.missingValue', { option: '--output' }],
    ['vnc list --profile', 'usage.missingValue', { option: '--profile' }],
    ['vnc list extra', 'usage.tooManyArguments', { word: 'extra' }],
    ['vnc show a b c', 'usage.tooManyArguments', { word: 'b' }],
    ['vnc list --output jsn', 'usage.invalidValue', { name: '--output', suggestion: 'json' }],
    ['vnc list --lang fr', 'usage.invalidValue', { name: '--lang', value: 'fr' }],
    ['vnc list --timeout 0', 'usage.invalidValue', { name: '--timeout', value: '0' }],
    ['vnc list --api-url ftp://x', 'usage.invalidValue', { name: '--api-url' }],
    ['vnc list --profile ../x', 'usage.invalidValue', { name: '--profile' }],
    ['vnc connect --via -x', 'usage.invalidValue', { name: '--via', value: '-x' }],
    ['vnc connect --route ssl', 'usage.invalidValue', { name: '--route', suggestion: 'ssh' }],
    ['sandbox --desktop vnc', 'usage.invalidValue', { name: '--desktop', suggestion: 'xvnc' }],
    ['login --token X', 'usage.secretInArguments', { instead: '--token-stdin' }],
    ['--token X login', 'usage.secretInArguments', { option: '--token' }],
    ['login --token=X', 'usage.secretInArguments', { option: '--token' }],
    ['login --password=X', 'usage.secretInArguments', { option: '--password' }],
    ['login --secret-key X', 'usage.secretInArguments', { instead: '--secret-key-stdin' }],
    [
      'vnc connect --vnc-password X',
      'usage.secretInArguments',
      { instead: 'HPC_DESK_VNC_PASSWORD' },
    ],
  ])('%s: %s', (line, code, details) => {
    const error = errorFrom(() => parse(line.split(' ')));
    expect([error.code, error.exitCode]).toEqual([code, 2]);
    expect(error.details).toMatchObject(details);
  });

  it.each(['login --token=SENTINEL', 'login --pasword=SENTINEL', 'vnc --password SENTINEL list'])(
    'does not repeat a value that may be a secret: %s',
    (line) => {
      expect(JSON.stringify(errorFrom(() => parse(line.split(' '))).details)).not.toContain(
        'SENTINEL',
      );
    },
  );
});

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']], [['--json']], [['--lang', 'zh']]])(
    'of the program lists every command: %j',
    (words) => {
      const text = helpOf(words);
      for (const { path } of commands) expect(text).toContain(`  ${path.join(' ')}`);
    },
  );

  it.each([[['vnc', '--help']], [['vnc', '-h']], [['help', 'vnc']], [['vnc', 'help']]])(
    'of a group lists its subcommands: %j',
    (words) => {
      const text = helpOf(words);
      expect(text).toContain('  vnc connect [selector]');
      expect(text).not.toContain('sandbox');
    },
  );

  it.each([
    ['vnc', 'vnc'],
    ['--json vnc', 'vnc'],
    ['--profile vnc config', 'config'],
  ])('of a group is shown for the group name alone: %s', (line, group) => {
    const invocation = parse(line.split(' '));
    expect(invocation).toMatchObject({ kind: 'group', group });
    expect(invocation.kind === 'group' && invocation.text).toBe(helpOf([group, '--help']));
  });

  it('of the program lists the global options in one section of at most 18 lines', () => {
    const [, options = ''] = helpOf([]).split(en.help.globalOptions);
    const listed = options.split('\n\n')[0] ?? '';
    for (const long of [
      ...GLOBAL_OPTIONS.map(({ flags }) => new Option(flags).long),
      '--version',
      '--help',
    ]) {
      expect(listed).toContain(long);
    }
    expect(listed.split('\n').length).toBeLessThanOrEqual(18);
  });

  it.each([
    ['en', en, '(bash, zsh, fish, powershell; default: the one in SHELL)'],
    ['zh', zh, '（bash, zsh, fish, powershell；默认：SHELL 变量指定的 shell）'],
  ] as const)('shows choices and default in one pair of parentheses: %s', (_, messages, words) => {
    const text = helpOf(['completion', 'install', '--help'], { messages, columns: 100 });
    expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
  });

  it.each(commands.map(({ path }) => path))('of %s %s has its options and examples', (...path) => {
    const text = helpOf([...path.filter(Boolean), '--help']);
    expect(text).toContain(en.help.examples);
    expect(text).toContain('--timeout <DURATION>');
  });

  it('is not shown for --help after --', () => {
    expect(runOf('vnc show -- --help').input.arguments).toEqual(['--help']);
  });

  it('has no colour when colour is off', () => {
    expect(helpOf(['vnc', 'connect', '-h'])).not.toContain('\x1b');
  });

  it('in Chinese has no English headings', () => {
    const text = helpOf(['vnc', 'connect', '--help'], { messages: zh });
    expect(text).not.toMatch(/Usage:|Options|Arguments:|Examples:|show help/);
  });
});
