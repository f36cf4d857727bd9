import { type Command as CommanderCommand, CommanderError } from 'commander';
import type { AnyCommand, RawInput } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import { beginsWith } from '../../model/command-tree.js';
import type { ParsedSettings } from '../../model/settings.js';
import { type HelpRequest, readHelpRequest } from '../help/help-request.js';
import { buildProgram, type ProgramTexts } from './build-program.js';
import { readRawInput } from './raw-input.js';
import { readOptionSettings } from './settings.js';
import { pathsOf, toUsageError, unknownCommand } from './usage-error.js';

/** What a command line asks for. */
export type Invocation =
  | {
      readonly kind: 'run';
      readonly command: AnyCommand;
      readonly input: RawInput;
      /** What options say of settings. */
      readonly settings: ParsedSettings;
    }
  /** A page of help, or the version. */
  | { readonly kind: 'help'; readonly text: string }
  /** The help of a group whose verb is missing. */
  | { readonly kind: 'group'; readonly group: string; readonly text: string }
  | HelpRequest;

/**
 * Turns words into a command and its raw input. Commander parses and lays out help; it prints nothing and ends
 * nothing.
 *
 * @throws usage.*
 */
export function parseCommandLine(
  commands: readonly AnyCommand[],
  words: readonly string[],
  texts: ProgramTexts,
): Invocation {
  let invocation: Invocation | undefined;
  let text = '';
  const paths = pathsOf(commands);
  const root = buildProgram(commands, {
    ...texts,
    write(part) {
      text += part;
    },
    onCommand(command, leaf) {
      refuseMore(command, leaf, paths);
      const input = readRawInput(leaf);
      invocation = { kind: 'run', command, input, settings: readOptionSettings(input) };
    },
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
        // Asked for by `vnc help`; options alone ask for nothing, like no words at all.
        const isWanted = error.exitCode === 0 || group === undefined;
        return isWanted ? { kind: 'help', text } : { kind: 'group', group, text };
      }
      case 'commander.unknownCommand':
        throw unknownCommand(operandsOf(), paths);
      default:
        throw toUsageError(error);
    }
  }
  return invocation ?? { kind: 'help', text };
}

/** @throws usage.tooManyArguments; usage.unknownCommand where a verb may stand, as after `clusters` */
function refuseMore(
  { path, arguments: known = [] }: AnyCommand,
  { args }: CommanderCommand,
  paths: readonly (readonly string[])[],
): void {
  const word = args[known.length];
  if (word === undefined) return;
  const isVerb =
    known.length === 0 && paths.some((one) => one.length > path.length && beginsWith(one, path));
  throw isVerb
    ? unknownCommand([...path, word], paths)
    : new DeskError('usage.tooManyArguments', { word });
}

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

/** `-h vnc show` is `vnc show --help`, and no word at all asks for help too. */
function asHelp(words: readonly string[]): string[] {
  if (words.length === 0) return ['--help'];
  return HELP.has(words[0] ?? '') ? [...words.slice(1), '--help'] : [...words];
}

/** `help vnc show` is `vnc show --help`. */
function withoutHelp(words: readonly string[]): string[] {
  return [...words.toSpliced(words.indexOf('help'), 1), '--help'];
}
