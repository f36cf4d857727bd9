import { Command as CommanderCommand, CommanderError, Option } from 'commander';
import type { AnyCommand, OptionSpec, RawInput } from '../commands/command.js';
import { DeskError } from '../errors/desk-error.js';
import type { Messages } from '../i18n/messages.js';
import { GLOBAL_OPTIONS } from './globals.js';
import { helpConfiguration, helpExtras, wrapLine } from './help.js';
import type { MeasureWidth } from './measure-width.js';
import { checkOptions } from './settings.js';
import { toUsageError } from './usage-error.js';

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: 'run'; readonly command: AnyCommand; readonly input: RawInput }
  | { readonly kind: 'help'; readonly text: string };

export interface ProgramOptions {
  readonly messages: Messages;
  readonly columns: number;
  readonly hasColor: boolean;
  readonly measure: MeasureWidth;
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
  const runnable = new Set<CommanderCommand>();
  const width = Math.min(options.columns, 100);
  const root = new CommanderCommand('hpc-desk')
    .description(options.messages.help.description)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => width,
      getOutHasColors: () => options.hasColor,
    })
    .configureHelp(helpConfiguration(options.messages, options.measure, runnable));
  const more = () => wrapLine(options.messages.help.more, width, options.measure).join('\n');
  finish(root, options.messages).addHelpText('after', () => `\n${more()}`);
  for (const command of commands) {
    const leaf = addLeaf(root, command, options.messages);
    leaf.addHelpText('after', () => helpExtras(command, options, width));
    runnable.add(leaf);
    leaf.action(() => {
      const word = leaf.args[command.arguments?.length ?? 0];
      if (word !== undefined) throw new DeskError('usage.tooManyArguments', { word });
      const input = rawInput(leaf);
      checkOptions([...(command.options ?? []), ...GLOBAL_OPTIONS], input);
      invocation = { kind: 'run', command, input };
    });
  }
  try {
    root.parse(asHelp(words), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'help', text: help.join('') };
    if (error.code !== 'commander.help') throw toUsageError(error);
    const [group] = root.parseOptions([...words]).operands;
    // Options alone ask for nothing, like no words at all.
    if (group === undefined) return parseCommandLine(commands, [], options);
    throw new DeskError('usage.missingCommand', { group });
  }
  return invocation ?? { kind: 'help', text: help.join('') };
}

const HELP: ReadonlySet<string> = new Set(['-h', '--help']);

/** `help vnc show` and `-h vnc show` are `vnc show --help`, and no word at all asks for help too. */
function asHelp(words: readonly string[]): string[] {
  if (words.length === 0) return ['--help'];
  const isAsked = words[0] === 'help' || HELP.has(words[0] ?? '');
  return isAsked ? [...words.slice(1), '--help'] : [...words];
}

/** Adds a command under its group, which is made when its first verb comes. */
function addLeaf(
  root: CommanderCommand,
  command: AnyCommand,
  messages: Messages,
): CommanderCommand {
  const parent = command.path.slice(0, -1).reduce((group, word) => {
    const known = group.commands.find((candidate) => candidate.name() === word);
    if (known !== undefined) return known;
    const summary = messages[word as 'vnc' | 'config'].summary;
    return finish(group.command(word).description(summary), messages).helpGroup(
      messages.help.groups[command.group],
    );
  }, root);
  const leaf = parent
    .command(command.path.at(-1) as string)
    .description(command.summary(messages))
    .helpGroup(messages.help.groups[command.group]);
  for (const { name, isRequired, summary, choices } of command.arguments ?? []) {
    const words = choices === undefined ? '' : ` ${messages.help.choices(choices.join(', '))}`;
    leaf.argument(isRequired ? `<${name}>` : `[${name}]`, summary(messages) + words);
  }
  for (const option of command.options ?? []) leaf.addOption(toOption(option, messages));
  return finish(leaf, messages);
}

/** What all levels of the tree share. */
function finish(command: CommanderCommand, messages: Messages): CommanderCommand {
  command
    .helpOption('-h, --help', messages.options.help)
    .helpCommand(false)
    .allowExcessArguments(true)
    .optionsGroup(messages.help.globalOptions);
  for (const option of GLOBAL_OPTIONS) {
    command.addOption(toOption(option, messages).helpGroup(messages.help.globalOptions));
  }
  return command;
}

function toOption(spec: OptionSpec, messages: Messages): Option {
  const name = spec.short === undefined ? spec.long : `${spec.short}, ${spec.long}`;
  const flags = name + valueFlag(spec);
  const words =
    spec.choices === undefined ? '' : ` ${messages.help.choices(spec.choices.join(', '))}`;
  return new Option(flags, spec.summary(messages) + words);
}

function valueFlag({ value, isValueOptional }: OptionSpec): string {
  if (value === undefined) return '';
  return isValueOptional === true ? ` [${value}]` : ` <${value}>`;
}

/** Reads options from the command upwards, because the options of every command may stand before its name too. */
function rawInput(leaf: CommanderCommand): RawInput {
  const findValue = (long: `--${string}`) => {
    for (let level: CommanderCommand | null = leaf; level !== null; level = level.parent) {
      const option = level.options.find((candidate) => candidate.long === long);
      if (option === undefined) continue;
      const key = option.attributeName();
      const value: unknown = level.getOptionValue(key);
      const isGiven = level.getOptionValueSource(key) === 'cli' && value === !option.negate;
      if (typeof value === 'string' || isGiven) return value;
    }
    return undefined;
  };
  return {
    arguments: leaf.processedArgs as readonly (string | undefined)[],
    text: (long) => {
      const value = findValue(long);
      return typeof value === 'string' ? value : undefined;
    },
    has: (long) => findValue(long) !== undefined,
  };
}
