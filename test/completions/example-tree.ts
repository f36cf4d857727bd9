import type {
  CommandTree,
  TreeArgument,
  TreeCommand,
  TreeOption,
} from '../../src/model/command-tree.js';

/** A summary with characters that are special in a shell. */
const HOSTILE_SUMMARY = `It's "quoted" \\ [a]: $HOME \`touch canary\` $(touch canary) %d {x,y} ; | & > #!\nsecond ‘line’ 会话`;

/** The same summary as completions must display it. */
export const HOSTILE_SUMMARY_ONE_LINE = HOSTILE_SUMMARY.replace('\n', ' ');

/** A small command tree with one of each kind: a group, a command that is also a group, choices, a file. */
export const EXAMPLE_TREE: CommandTree = {
  program: 'hpc-desk',
  globalOptions: [
    option('--json', { summary: 'Print JSON' }),
    option('--output', { short: '-o', value: 'FORMAT', choices: ['table', 'json', 'tsv'] }),
    option('--profile', { value: 'NAME', summary: HOSTILE_SUMMARY }),
  ],
  commands: [
    command('login', { options: [option('--user', { value: 'NAME' }), option('--token-stdin')] }),
    command('clusters', {}),
    command('clusters use', { arguments: [argument('cluster', { isRequired: true })] }),
    command('vnc', { isGroup: true, summary: HOSTILE_SUMMARY }),
    command('vnc create', {
      summary: 'Create or find the session',
      options: [
        option('--wait', { value: 'DURATION', isValueOptional: true, choices: ['90s', '10m'] }),
      ],
    }),
    command('vnc show', { arguments: [argument('selector')] }),
    command('vnc screenshot', {
      arguments: [argument('selector')],
      options: [option('--file', { short: '-f', value: 'PATH', isFile: true })],
    }),
    command('completion', {
      arguments: [
        argument('shell', { isRequired: true, choices: ['bash', 'zsh', 'fish', 'powershell'] }),
      ],
    }),
  ],
};

export function option(long: string, rest: Partial<TreeOption> = {}): TreeOption {
  const blank = {
    ...{ short: undefined, value: undefined, isValueOptional: false },
    ...{ isFile: false, origin: undefined },
  };
  return { ...blank, choices: [], summary: `About ${long}`, ...rest, long };
}

export function command(words: string, rest: Partial<TreeCommand> = {}): TreeCommand {
  const blank = {
    isGroup: false,
    arguments: [],
    options: [],
    fields: [],
    summary: `About ${words}`,
  };
  return { ...blank, ...rest, path: words.split(' ') };
}

export function argument(name: string, rest: Partial<TreeArgument> = {}): TreeArgument {
  return {
    isRequired: false,
    choices: [],
    origin: undefined,
    summary: `About ${name}`,
    ...rest,
    name,
  };
}
