import { type Command as CommanderCommand, Option } from 'commander';
import type { AnyCommand, OptionSpec } from '../commands/command.js';
import type { Messages } from '../i18n/messages.js';
import { GLOBAL_OPTIONS } from './globals.js';
import { TOPICS } from './help-wish.js';

/** Lists the topics in the help of the program; what asks for one is read before commander parses. */
export function addTopics(root: CommanderCommand, { help }: Messages): readonly CommanderCommand[] {
  const parent = root.command('help').helpCommand(false);
  return TOPICS.map((topic) =>
    parent.command(topic).description(help.topics[topic]).helpGroup(help.topicsTitle),
  );
}

/** Adds a command under its group, which is made when its first verb comes. */
export function addLeaf(
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
    const words = choices === undefined ? '' : messages.help.choices(choices.join(', '));
    leaf.argument(isRequired ? `<${name}>` : `[${name}]`, summary(messages) + words);
  }
  for (const option of command.options ?? []) leaf.addOption(toOption(option, messages));
  return finish(leaf, messages);
}

/** What all levels of the tree share. */
export function finish(command: CommanderCommand, messages: Messages): CommanderCommand {
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
  const words = spec.choices === undefined ? '' : messages.help.choices(spec.choices.join(', '));
  return new Option(flags, spec.summary(messages) + words);
}

function valueFlag({ value, isValueOptional }: OptionSpec): string {
  if (value === undefined) return '';
  return isValueOptional === true ? ` [${value}]` : ` <${value}>`;
}
