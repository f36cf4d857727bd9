import { type Command as CommanderCommand, Option } from 'commander';
import type { AnyCommand, OptionSpec, RawInput } from '../../commands/command.js';
import type { Messages } from '../../i18n/messages.js';
import { TOPICS } from '../help/help-wish.js';
import { GLOBAL_OPTIONS } from './globals.js';

/** Lists the topics in the help of the program; what asks for one is read before commander parses. */
export function addTopics(root: CommanderCommand, { help }: Messages): readonly CommanderCommand[] {
  const parent = root.command('help').helpCommand(false);
  return TOPICS.map((topic) =>
    parent.command(topic).description(help.topics[topic]).helpGroup(help.topicsTitle),
  );
}

/** Adds a command under its group, which is made when its first verb comes, as a name that help can list. */
export function listLeaf(
  root: CommanderCommand,
  { path, help: { group, summary }, arguments: known = [] }: AnyCommand,
  messages: Messages,
): CommanderCommand {
  const parent = path.slice(0, -1).reduce((above, word) => {
    const made = above.commands.find((candidate) => candidate.name() === word);
    if (made !== undefined) return made;
    const description = messages[word as 'vnc' | 'config'].summary;
    return above.command(word).description(description).helpGroup(messages.help.groups[group]);
  }, root);
  const leaf = parent
    .command(path.at(-1) as string)
    .description(summary(messages))
    .helpGroup(messages.help.groups[group]);
  for (const { name, isRequired, summary, choices } of known) {
    const words = choices === undefined ? '' : messages.help.choices(choices.join(', '));
    leaf.argument(isRequired ? `<${name}>` : `[${name}]`, summary(messages) + words);
  }
  return leaf;
}

/** Adds a command that can be run. */
export function addLeaf(
  root: CommanderCommand,
  command: AnyCommand,
  messages: Messages,
): CommanderCommand {
  const leaf = listLeaf(root, command, messages);
  for (const option of command.options ?? []) leaf.addOption(toOption(option, messages));
  for (let level = leaf.parent; level !== null && level !== root; level = level.parent) {
    if (level.options.length === 0) finish(level, messages, root.options);
  }
  return finish(leaf, messages, root.options);
}

/** The options that the root has, and every level below it. */
export function globalOptions(messages: Messages): readonly Option[] {
  return GLOBAL_OPTIONS.map((spec) =>
    toOption(spec, messages).helpGroup(messages.help.globalOptions),
  );
}

/** What all levels of the tree share. */
export function finish(
  command: CommanderCommand,
  messages: Messages,
  options: readonly Option[],
): CommanderCommand {
  command
    .helpOption('-h, --help', messages.options.help)
    .helpCommand(false)
    .allowExcessArguments(true)
    .optionsGroup(messages.help.globalOptions);
  for (const option of options) command.addOption(option);
  return command;
}

function toOption(spec: OptionSpec, messages: Messages): Option {
  const name = spec.short === undefined ? spec.long : `${spec.short}, ${spec.long}`;
  const flags = name + valueFlag(spec);
  const words = spec.choices === undefined ? '' : messages.help.choices(spec.choices.join(', '));
  return new Option(flags, spec.summary(messages) + words);
}

function valueFlag({ value, isValueOptional }: OptionSpec): string {
  if (value === undefined) return '';
  return isValueOptional === true ? ` [${value}]` : ` <${value}>`;
}

/** Reads options from the command upwards, because the options of every command may stand before its name too. */
export function readRawInput(leaf: CommanderCommand): RawInput {
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
