import { type Argument, type Command as CommanderCommand, Help, Option } from 'commander';
import type { AnyCommand } from '../../commands/command.js';
import type { Messages } from '../../i18n/messages.js';
import { ordinaryWidth } from '../../model/ordinary-text.js';
import { label } from '../../view/label.js';
import { wrapLine } from '../../view/wrap-line.js';
import { MIN_DESCRIPTION_COLUMNS, wrapShellLine } from './help-layout.js';

/**
 * Commander's own layout with our words, and widths and wrapping that know Chinese.
 *
 * @param runnable - The commands that do something by themselves; the others are groups.
 */
export function helpConfiguration(
  messages: Messages,
  width: number,
  runnable: ReadonlySet<CommanderCommand>,
): Partial<Help> {
  const { help } = messages;
  const titles = new Map([
    ['Usage:', help.usage],
    ['Arguments:', help.arguments],
    ['Options:', help.options],
    ['Commands:', help.commands],
  ]);
  return {
    displayWidth: ordinaryWidth,
    styleTitle: (title) => titles.get(title) ?? title,
    // Commander puts a blank behind the title, which the full-width colon of Chinese brings itself.
    formatHelp: (command, helper) =>
      Help.prototype.formatHelp
        .call(helper, command, helper)
        .replace(`${help.usage} `, label(help.usage)),
    commandUsage: (command) => {
      const indent = ordinaryWidth(label(help.usage));
      const usage = Help.prototype.commandUsage.call(new Help(), command);
      return wrapLine(usage, width - indent).join(`\n${' '.repeat(indent)}`);
    },
    boxWrap: (text, width) =>
      text
        .split('\n')
        .flatMap((line) => wrapLine(line, width))
        .join('\n'),
    minWidthToWrap: MIN_DESCRIPTION_COLUMNS,
    formatItem(term, termWidth, description, helper) {
      const { helpWidth = 80 } = helper;
      if (helpWidth - termWidth - 4 >= MIN_DESCRIPTION_COLUMNS || description === '') {
        return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
      }
      const below = helper.boxWrap(description, helpWidth - 6);
      return `  ${term}\n${below.replaceAll(/^/gm, '      ')}`;
    },
    // A group lists whole commands, and leaves the options to their own pages.
    visibleCommands: (command) => command.commands.flatMap(listRunnable),
    visibleOptions: (command) =>
      runnable.has(command) ? [...command.options, helpOption(messages)] : [],
    subcommandTerm: (command) =>
      [...pathOf(command), ...command.registeredArguments.map(humanArgument)].join(' '),
  };

  function listRunnable(command: CommanderCommand): CommanderCommand[] {
    const below = command.commands.flatMap(listRunnable);
    return runnable.has(command) ? [command, ...below] : below;
  }
}

/** Words from the program's name, which is left out, to the command's. */
function pathOf(command: CommanderCommand): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

function humanArgument(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function helpOption(messages: Messages): Option {
  return new Option('-h, --help', messages.options.help).helpGroup(messages.help.globalOptions);
}

/** What stands below the options of a command. */
export function helpExtras(command: AnyCommand, messages: Messages, width: number): string {
  const examples = command.examples.map(({ line, caption }) => [line, caption(messages)] as const);
  const lines = layOutExamples(examples, width);
  return `\n${messages.help.examples}\n${lines.join('\n')}`;
}

/** Each line to type, below what it is for. */
export function layOutExamples(
  examples: readonly (readonly [line: string, caption: string])[],
  width: number,
): readonly string[] {
  return examples.flatMap(([line, caption]) => [
    ...wrapLine(caption, width - 4).map((text) => `  # ${text}`),
    ...wrapShellLine(line, width),
  ]);
}
