import { type Command as CommanderCommand, CommanderError, Option } from 'commander';
import type { Command, RawInput } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import type { ParsedSettings } from '../../model/settings.js';
import { type HelpRequest, readHelpRequest } from '../help/help-request.js';
import { buildProgram, type ProgramTexts } from './build-program.js';
import { readOptionSettings } from './settings.js';
import { type Paths, pathsOf, toUsageError, unknownCommand } from './usage-error.js';

export type Invocation =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly input: RawInput;
      readonly settings: ParsedSettings;
    }
  /** Text of a help page or the version. */
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'group'; readonly group: string; readonly text: string }
  | HelpRequest;

/** Parses the command line. Commander parses and formats help; it neither prints nor exits. @throws usage.* */
export function parseCommandLine(
  commands: readonly Command[],
  words: readonly string[],
  texts: ProgramTexts,
): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const paths = pathsOf(commands);
  const write = (part: string) => {
    text += part;
  };
  const root = buildProgram(commands, texts, write, (command, leaf) => {
    refuseMore(command, leaf, paths);
    const input = readRawInput(leaf);
    invocation = { kind: 'run', command, input, settings: readOptionSettings(input) };
  });
  const line = asHelp(words);
  const operandsOf = () => root.parseOptions([...line]).operands;
  try {
    const operands = operandsOf();
    const isHelp = operands[0] === 'help';
    const request = isHelp ? readHelpRequest(words, operands.slice(1), paths) : undefined;
    if (request !== undefined) return request;
    root.parse(isHelp ? withoutHelp(line) : line, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    switch (error.code) {
      case 'commander.helpDisplayed':
      case 'commander.version':
        break;
      case 'commander.help': {
        const [group] = operandsOf();
        // `vnc help`, or options only, which count as an empty command line.
        const isRequested = error.exitCode === 0 || group === undefined;
        return isRequested ? { kind: 'help', text } : { kind: 'group', group, text };
      }
      case 'commander.unknownCommand':
        throw unknownCommand(operandsOf(), paths, ['help']) ?? toUsageError(error);
      default:
        throw toUsageError(error);
    }
  }
  return invocation ?? { kind: 'help', text };
}

/** @throws usage.tooManyArguments; usage.unknownCommand after a command that has subcommands, such as `clusters` */
function refuseMore(
  { path, arguments: known = [] }: Command,
  { args }: CommanderCommand,
  paths: Paths,
): void {
  const word = args[known.length];
  if (word === undefined) return;
  const noVerb = known.length === 0 ? unknownCommand([...path, word], paths) : undefined;
  throw noVerb ?? new DeskError('usage.tooManyArguments', { word });
}

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

/** Rewrites `-h vnc show` to `vnc show --help`, and an empty command line to `--help`. */
function asHelp(words: readonly string[]): string[] {
  if (words.length === 0) return ['--help'];
  return HELP.has(words[0] ?? '') ? [...words.slice(1), '--help'] : [...words];
}

/** Rewrites `help vnc show` to `vnc show --help`. */
function withoutHelp(words: readonly string[]): string[] {
  return [...words.toSpliced(words.indexOf('help'), 1), '--help'];
}

/** Global options may come before the command's name, so options are those of the command and its parents. */
function readRawInput(leaf: CommanderCommand): RawInput {
  const values = leaf.optsWithGlobals();
  const findValue = (long: string): unknown => values[new Option(long).attributeName()];
  return {
    arguments: leaf.processedArgs as readonly (string | undefined)[],
    text(long) {
      const value = findValue(long);
      return typeof value === 'string' ? value : undefined;
    },
    has(long) {
      const value = findValue(long);
      return typeof value === 'string' || value === !long.startsWith('--no-');
    },
  };
}
