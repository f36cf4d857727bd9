import { Command as CommanderCommand, Option } from 'commander';
import type { Command, OptionSpec } from '../../commands/command.js';
import { oneOf } from '../../commands/options.js';
import type { Messages } from '../../i18n/messages.js';
import { withChoices } from '../../model/command-tree.js';
import { wrapLine } from '../../view/wrap-line.js';
import { helpConfiguration, helpExtras } from '../help/help.js';
import { TOPICS } from '../help/help-request.js';
import { ALIASES, GLOBAL_OPTIONS } from './globals.js';

export interface ProgramTexts {
  readonly messages: Messages;
  readonly version: string;
  readonly columns: number;
  readonly hasColor: boolean;
}

/**
 * Builds the commander tree. It neither prints nor exits.
 *
 * @param write - Receives help pages and the version.
 */
export function buildProgram(
  commands: readonly Command[],
  { messages, version, columns, hasColor }: ProgramTexts,
  write: (text: string) => void,
  onCommand: (command: Command, leaf: CommanderCommand) => void,
): CommanderCommand {
  const { help } = messages;
  const width = Math.min(columns, 100);
  const groups = new Set<CommanderCommand>();
  const root = new CommanderCommand('hpc-desk')
    .description(help.description)
    .exitOverride()
    .helpCommand(false)
    .allowExcessArguments(true)
    .configureHelp(helpConfiguration(messages, width, groups))
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: () => {},
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
      getOutHasColors: () => hasColor,
    })
    .addHelpText('after', () => {
      const lines = [help.more, help.moreJson].flatMap((line) => wrapLine(line, width));
      return `\n${lines.join('\n')}`;
    });
  root.optionsGroup(help.globalOptions);
  for (const spec of GLOBAL_OPTIONS) root.addOption(toOption(spec, messages));
  root.helpOption('-h, --help', messages.options.help);
  root.version(version, '-V, --version', messages.options.version);

  for (const command of commands) {
    const leaf = addLeaf(root, command, messages, groups);
    // Only the one that is named needs its options: for all of them that takes a tenth of Node's start.
    leaf.parent?.hook('preSubcommand', (_parent, named) => {
      if (named !== leaf) return;
      for (const option of command.options ?? []) leaf.addOption(toOption(option, messages));
      leaf
        .addHelpText('after', () => helpExtras(command, messages, width))
        .action(() => onCommand(command, leaf));
    });
  }
  // For the list only: requests for topics are handled before commander parses.
  const topics = root.command('help');
  groups.add(topics);
  for (const topic of TOPICS) {
    topics.command(topic).description(help.topics[topic]).helpGroup(help.topicsTitle);
  }
  return root;
}

/** Adds a command below its group, creating the group if needed. */
function addLeaf(
  root: CommanderCommand,
  { path, help: { group, summary }, arguments: known = [] }: Command,
  messages: Messages,
  groups: Set<CommanderCommand>,
): CommanderCommand {
  const title = messages.help.groups[group];
  const verb = path.at(-1) as string;
  const parent = path.slice(0, -1).reduce((above, word) => {
    const known = above.commands.find((candidate) => candidate.name() === word);
    if (known !== undefined) return known;
    const made = above.command(word).description(messages[word as 'vnc' | 'config'].summary);
    groups.add(made);
    return made;
  }, root);
  const leaf = parent.command(verb).description(summary(messages)).helpGroup(title);
  const alias = ALIASES.get(verb);
  if (alias !== undefined) leaf.alias(alias);
  for (const { name, isRequired, summary: text, choices = [] } of known) {
    const description = withChoices(text(messages), choices.join(', '), messages.help.choices);
    leaf.argument(isRequired ? `<${name}>` : `[${name}]`, description);
  }
  return leaf;
}

function toOption(spec: OptionSpec, messages: Messages): Option {
  const { flags, choices = [], conflicts = [] } = spec;
  const option = new Option(flags, spec.summary(messages)).conflicts([...conflicts]);
  if (choices.length > 0) {
    option.choices(choices).argParser((word) => oneOf(option.long ?? flags, word, choices));
  }
  return option;
}
