import type { CommanderError } from 'commander';
import type { Command } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import { beginsWith } from '../../model/command-tree.js';
import { nearestWord } from '../../model/nearest-word.js';
import { ALIASES } from './globals.js';

/** Secrets do not belong in arguments, which are visible in `ps` and the shell history. */
const REFUSED_SECRETS: ReadonlyMap<string, string> = new Map([
  ['--token', '--token-stdin'],
  ['--password', '--password-stdin'],
  ['--secret-key', '--secret-key-stdin'],
  ['--vnc-password', 'HPC_DESK_VNC_PASSWORD'],
]);

/** Converts commander's errors, which carry a stable code but the word only within their English text. */
export function toUsageError(error: CommanderError): DeskError {
  const quotes = [...error.message.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
  const [quoted = '', second = ''] = quotes;
  const [, suggestion] = /\(Did you mean (?:one of )?([^,?]+)/.exec(error.message) ?? [];
  switch (error.code) {
    case 'commander.unknownOption':
      return unknownOption(quoted, suggestion);
    case 'commander.missingArgument':
      return new DeskError('usage.missingArgument', { argument: quoted });
    case 'commander.conflictingOption':
      return new DeskError('usage.conflict', { first: longName(quoted), second: longName(second) });
    case 'commander.optionMissingArgument':
      return new DeskError('usage.missingValue', { option: longName(quoted) });
    default:
      return new DeskError('bug.unexpected', { reason: error.message }, { cause: error });
  }
}

function unknownOption(typed: string, suggestion: string | undefined): DeskError {
  const option = typed.split('=', 1)[0] as string;
  const instead = REFUSED_SECRETS.get(option);
  return instead === undefined
    ? new DeskError('usage.unknownOption', { option, suggestion })
    : new DeskError('usage.secretInArguments', { option, instead });
}

/** `-o, --output <FORMAT>` → `--output`. */
function longName(flags: string): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

export type Paths = readonly (readonly string[])[];

/** Words of every command, including aliases. */
export function pathsOf(commands: readonly Command[]): Paths {
  return commands.flatMap(({ path }) => {
    const alias = ALIASES.get(path.at(-1) ?? '');
    return alias === undefined ? [path] : [path, [...path.slice(0, -1), alias]];
  });
}

/** `hpc-desk vnc create --help`: the help of the command or group in a command line. */
export function helpLine(words: readonly string[], paths: Paths): string {
  const path: string[] = [];
  for (const word of words) {
    if (commandWords(path, paths).includes(word)) path.push(word);
    else if (path.length > 0 && !word.startsWith('-')) break;
  }
  return ['hpc-desk', ...path, '--help'].join(' ');
}

/** Words that may follow these command words. */
function commandWords(before: readonly string[], paths: Paths): readonly string[] {
  const below = paths.filter((path) => beginsWith(path, before));
  return [...new Set(below.flatMap((path) => path[before.length] ?? []))];
}

/**
 * The error for the first unknown word of a command, undefined if there is none; commander would suggest subcommands of
 * every group. Words after a complete command are its arguments.
 *
 * @param others - Words that may take the place of a command.
 */
export function unknownCommand(
  operands: readonly string[],
  paths: Paths,
  others: readonly string[] = [],
): DeskError | undefined {
  const position = operands.findIndex((word, index) => {
    const known = commandWords(operands.slice(0, index), paths);
    return known.length > 0 && !known.includes(word);
  });
  const word = operands[position];
  if (word === undefined) return undefined;
  const pages = [...paths, ...others.map((other) => [other])];
  const suggestion = suggestCommand(word, operands.slice(0, position), pages);
  return new DeskError('usage.unknownCommand', { word, suggestion });
}

/** Suggests a command for an unknown word: one valid at its position, or one whose group is missing. */
function suggestCommand(word: string, before: readonly string[], paths: Paths): string | undefined {
  const here = nearestWord(word, commandWords(before, paths));
  if (here !== undefined || before.length > 0) return here;
  const longer = paths.filter((path) => path.length > 1);
  const verbs = longer.map((path) => path.at(-1) ?? '');
  const verb = nearestWord(word, verbs);
  return longer.find((path) => path.at(-1) === verb)?.join(' ');
}
