import { Option } from 'commander';
import type { AnyCommand, OptionSpec } from '../../commands/command.js';
import { EXIT_CODES, FAMILIES } from '../../errors/codes.js';
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
export function commandTree(commands: readonly AnyCommand[], messages: Messages): CommandTree {
  const leaves = commands.map((command) => toTreeCommand(command, messages));
  // A command that also has subcommands, such as `clusters`, needs no group.
  const words = new Set(
    commands.filter(({ path }) => path.length === 1).map(({ path }) => path[0]),
  );
  const groups = new Set(
    commands.map(({ path }) => path[0]).filter((word) => word !== undefined && !words.has(word)),
  );
  return {
    program: 'hpc-desk',
    globalOptions: [
      ...GLOBAL_OPTIONS.map((option) => toTreeOption(option, messages)),
      toTreeOption({ flags: '-h, --help', summary: () => messages.options.help }, messages),
      toTreeOption({ flags: '-V, --version', summary: () => messages.options.version }, messages),
    ],
    commands: [...groups].reduce(
      (all, group) => insertGroup(all, group as 'vnc' | 'config', messages),
      [...leaves, helpNode(commands, messages)],
    ),
  };
}

/** `help` is handled before the commands and is not one of them. */
function helpNode(commands: readonly AnyCommand[], { help }: Messages): TreeCommand {
  const choices = [...new Set([...TOPICS, ...commands.map(({ path }) => path[0] ?? '')])];
  const topic = { name: 'topic', isRequired: false, summary: help.topic, choices };
  return {
    path: ['help'],
    summary: help.summary,
    isGroup: false,
    arguments: [{ ...topic, origin: undefined }],
    options: [],
    fields: [],
  };
}

function insertGroup(
  commands: readonly TreeCommand[],
  word: 'vnc' | 'config',
  messages: Messages,
): TreeCommand[] {
  const summary = messages[word].summary;
  const group = { path: [word], summary, isGroup: true, arguments: [], options: [], fields: [] };
  return commands.toSpliced(
    commands.findIndex(({ path }) => path[0] === word),
    0,
    group,
  );
}

function toTreeCommand(command: AnyCommand, messages: Messages): TreeCommand {
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
    fields: [...command.output.fields, ...(command.output.extraFields ?? [])],
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
  commands: readonly AnyCommand[],
  messages: Messages,
  version: string,
  under: readonly string[],
) {
  const tree = commandTree(commands, messages);
  const commandAt = new Map(commands.map((command) => [command.path.join(' '), command]));
  const isIncluded = (path: readonly string[]) => beginsWith(path, under);
  return {
    program: tree.program,
    version,
    globalOptions: tree.globalOptions,
    commands: tree.commands
      .filter(({ path }) => isIncluded(path))
      .map((node) => ({ ...node, ...detailsOf(commandAt.get(node.path.join(' ')), messages) })),
    topics: TOPICS.map((name) => ({ name, summary: messages.help.topics[name] })),
    exitCodes: Object.entries(EXIT_CODES).map(([family, exitCode]) => ({
      exitCode,
      family,
      codes: Object.entries(FAMILIES).flatMap(([code, its]) => (its === family ? [code] : [])),
    })),
  };
}

function detailsOf(command: AnyCommand | undefined, messages: Messages) {
  const { examples = [], group = null } = command?.help ?? {};
  return {
    group,
    examples: examples.map(({ line, caption }) => ({ line, caption: caption(messages) })),
  };
}
