import { Command as CommanderCommand, CommanderError } from 'commander';
import type { AnyCommand, RawInput } from '../../commands/command.js';
import { DeskError } from '../../errors/desk-error.js';
import type { Messages } from '../../i18n/messages.js';
import { beginsWith } from '../../model/command-tree.js';
import type { ParsedSettings } from '../../model/settings.js';
import { wrapLine } from '../../view/wrap-line.js';
import { helpConfiguration, helpExtras } from '../help/help.js';
import { type HelpWish, readHelpWish } from '../help/help-wish.js';
import {
  addLeaf,
  addTopics,
  finish,
  globalOptions,
  listLeaf,
  readRawInput,
} from './build-program.js';
import { GLOBAL_OPTIONS } from './globals.js';
import { readOptionSettings } from './settings.js';
import { toUsageError, unknownCommand } from './usage-error.js';

/** What a command line asks for. */
export type Invocation =
  | {
      readonly kind: 'run';
      readonly command: AnyCommand;
      readonly input: RawInput;
      /** What options say of settings. */
      readonly settings: ParsedSettings;
    }
  | { readonly kind: 'help'; readonly text: string }
  | HelpWish;

export interface ProgramOptions {
  readonly messages: Messages;
  readonly columns: number;
  readonly hasColor: boolean;
}

/**
 * Turns words into a command and its raw input. Commander parses and lays out help; it prints nothing and ends
 * nothing.
 *
 * @throws usage.*
 */
export function parseCommandLine(
  commands: readonly AnyCommand[],
  words: readonly string[],
  options: ProgramOptions,
): Invocation {
  let invocation: Invocation | undefined;
  const help: string[] = [];
  const paths = commands.map(({ path }) => path);
  const root = buildRoot(options, (text) => help.push(text));
  const line = asHelp(words);
  const operandsOf = () => root.parseOptions([...line]).operands;
  try {
    const operands = operandsOf();
    const isHelp = operands[0] === 'help';
    const path = isHelp ? operands.slice(1) : operands;
    const wish = isHelp ? readHelpWish(words, path, paths) : undefined;
    if (wish !== undefined) return wish;
    for (const [command, leaf] of addCommands(root, commands, path, options)) {
      leaf.action(() => {
        refuseMore(command, leaf.args, paths);
        const input = readRawInput(leaf);
        const settings = readOptionSettings([...(command.options ?? []), ...GLOBAL_OPTIONS], input);
        invocation = { kind: 'run', command, input, settings };
      });
    }
    root.parse(isHelp ? withoutHelp(line) : line, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help.join('') };
    if (error.code === 'commander.unknownCommand') {
      const typed = operandsOf();
      if (typed.length === 1 || typed.at(-1) !== 'help') throw unknownCommand(typed, paths);
      // `vnc help`: the word that would fail otherwise.
      return parseCommandLine(commands, ['help', ...typed.slice(0, -1)], options);
    }
    if (error.code !== 'commander.help') throw toUsageError(error);
    const [group] = operandsOf();
    // Options alone ask for nothing, like no words at all.
    if (group === undefined) return parseCommandLine(commands, [], options);
    throw new DeskError('usage.missingCommand', { group });
  }
  return invocation ?? { kind: 'help', text: help.join('') };
}

function buildRoot(
  { messages, columns, hasColor }: ProgramOptions,
  writeHelp: (text: string) => void,
): CommanderCommand {
  const root = new CommanderCommand('hpc-desk')
    .description(messages.help.description)
    .exitOverride()
    .configureOutput({
      writeOut: writeHelp,
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => helpWidth(columns),
      getOutHasColors: () => hasColor,
    });
  return finish(root, messages, globalOptions(messages));
}

/**
 * Adds the commands that the words may lead to. The others are listed by name, for help: making them whole would cost as
 * much as everything else that a page of help needs.
 *
 * @returns the commands that can be run.
 */
function addCommands(
  root: CommanderCommand,
  commands: readonly AnyCommand[],
  words: readonly string[],
  options: ProgramOptions,
): readonly (readonly [AnyCommand, CommanderCommand])[] {
  const { messages } = options;
  const width = helpWidth(options.columns);
  const pages = new Set<CommanderCommand>();
  root.configureHelp(helpConfiguration(messages, width, pages));
  const group = commands.filter(({ path }) => path[0] === words[0]);
  if (group.length === 0) {
    const footer = [messages.help.more, messages.help.moreJson];
    const lines = footer.flatMap((line) => wrapLine(line, width));
    root.addHelpText('after', () => `\n${lines.join('\n')}`);
    for (const command of commands) pages.add(listLeaf(root, command, messages));
    for (const topic of addTopics(root, messages)) pages.add(topic);
    return [];
  }
  const named = group.filter(({ path }) => beginsWith(words, path));
  const whole = named.length === 0 ? group : named;
  return group.flatMap((command) => {
    const isWhole = whole.includes(command);
    const leaf = (isWhole ? addLeaf : listLeaf)(root, command, messages);
    pages.add(leaf);
    if (!isWhole) return [];
    return [[command, leaf.addHelpText('after', () => helpExtras(command, messages, width))]];
  });
}

function helpWidth(columns: number): number {
  return Math.min(columns, 100);
}

/** @throws usage.tooManyArguments; usage.unknownCommand where a verb may stand, as after `clusters` */
function refuseMore(
  { path, arguments: known = [] }: AnyCommand,
  words: readonly string[],
  paths: readonly (readonly string[])[],
): void {
  const word = words[known.length];
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
