import { Option } from 'commander';
import { allFields, type Command, type OptionSpec } from '../../commands/command.js';
import { EXIT_CODES, FAMILIES, type Family } from '../../errors/codes.js';
import type { Messages } from '../../i18n/messages.js';
import {
  beginsWith,
  type CommandTree,
  type TreeCommand,
  type TreeOption,
} from '../../model/command-tree.js';
import { GLOBAL_OPTIONS } from '../parse/globals.js';
import { TOPICS } from './help-request.js';

/** The commands as plain data, for completions, the list of the command-line surface and the reference. */
export function commandTree(commands: readonly Command[], messages: Messages): CommandTree {
  const globals = [
    ...GLOBAL_OPTIONS,
    { flags: '-h, --help', summary: () => messages.options.help },
    { flags: '-V, --version', summary: () => messages.options.version },
  ];
  // A command that also has subcommands, such as `clusters`, needs no group.
  const seen = new Set(commands.flatMap(({ path }) => (path.length === 1 ? path : [])));
  const nodes = commands.flatMap((command) => {
    const [word = ''] = command.path;
    const group = seen.has(word) ? [] : [groupNode(word as 'vnc' | 'config', messages)];
    seen.add(word);
    return [...group, toTreeCommand(command, messages)];
  });
  return {
    program: 'hpc-desk',
    globalOptions: globals.map((option) => toTreeOption(option, messages)),
    commands: [...nodes, helpNode(commands, messages)],
  };
}

function groupNode(word: 'vnc' | 'config', messages: Messages): TreeCommand {
  const { summary } = messages[word];
  return { path: [word], summary, isGroup: true, arguments: [], options: [], fields: [] };
}

/** `help` is handled before the commands and is not one of them. */
function helpNode(commands: readonly Command[], { help }: Messages): TreeCommand {
  const choices = [...new Set([...TOPICS, ...commands.map(({ path }) => path[0] ?? '')])];
  const { summary, topic } = help;
  const argument = { name: 'topic', isRequired: false, summary: topic, choices, origin: undefined };
  return {
    path: ['help'],
    summary,
    isGroup: false,
    arguments: [argument],
    options: [],
    fields: [],
  };
}

function toTreeCommand(command: Command, messages: Messages): TreeCommand {
  return {
    path: command.path,
    summary: command.help.summary(messages),
    isGroup: false,
    arguments: (command.arguments ?? []).map(({ name, isRequired, summary, choices, origin }) => ({
      name,
      isRequired,
      summary: summary(messages),
      choices: choices ?? [],
      origin,
    })),
    options: (command.options ?? []).map((option) => toTreeOption(option, messages)),
    fields: allFields(command.output),
  };
}

function toTreeOption(
  { flags, summary, choices = [], isFile = false, origin }: OptionSpec,
  messages: Messages,
): TreeOption {
  const { short, long = flags } = new Option(flags);
  return {
    short,
    long,
    value: / [<[](.+)[>\]]$/.exec(flags)?.[1],
    isValueOptional: flags.includes(' ['),
    summary: summary(messages),
    choices,
    isFile,
    origin,
  };
}

/** The whole program as data, for `help --json`. */
export function describeProgram(
  commands: readonly Command[],
  messages: Messages,
  version: string,
  under: readonly string[],
) {
  const { program, globalOptions, commands: nodes } = commandTree(commands, messages);
  return {
    program,
    version,
    globalOptions,
    commands: nodes
      .filter(({ path }) => beginsWith(path, under))
      .map((node) => {
        const command = commands.find(({ path }) => path.join(' ') === node.path.join(' '));
        const { group = null, examples = [] } = command?.help ?? {};
        const captioned = examples.map(({ line, caption }) => ({
          line,
          caption: caption(messages),
        }));
        return { ...node, group, examples: captioned };
      }),
    topics: TOPICS.map((name) => ({ name, summary: messages.help.topics[name] })),
    exitCodes: Object.entries(EXIT_CODES).map(([family, exitCode]) => ({
      exitCode,
      family,
      codes: codesOf(family as Family),
    })),
  };
}

/** The error codes of a family. */
export function codesOf(family: Family): readonly string[] {
  return Object.entries(FAMILIES).flatMap(([code, its]) => (its === family ? [code] : []));
}
