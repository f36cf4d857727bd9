import { type Command as CommanderCommand, Help, Option } from 'commander';
import type { Command } from '../../commands/command.js';
import type { Messages } from '../../i18n/messages.js';
import { withChoices } from '../../model/command-tree.js';
import { ordinaryWidth } from '../../model/ordinary-text.js';
import { headWithin, label, wrapLine } from '../../view/wrap-line.js';

/** In less space, descriptions go below their terms. */
const MIN_DESCRIPTION_COLUMNS = 24;

/** Commander's two columns, with East Asian widths. */
const LAYOUT: Pick<Help, 'displayWidth' | 'minWidthToWrap' | 'boxWrap' | 'formatItem'> = {
  displayWidth: ordinaryWidth,
  minWidthToWrap: MIN_DESCRIPTION_COLUMNS,
  boxWrap: (text, width) =>
    text
      .split('\n')
      .flatMap((line) => wrapLine(line, width))
      .join('\n'),
  formatItem(term, termWidth, description, helper) {
    const { helpWidth = 80 } = helper;
    if (helpWidth - termWidth - 4 >= MIN_DESCRIPTION_COLUMNS || description === '') {
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    }
    const indented = (text: string, indent: string) =>
      helper.boxWrap(text, helpWidth - indent.length).replaceAll(/^/gm, indent);
    return `${indented(term, '  ')}\n${indented(description, '      ')}`;
  },
};

/**
 * Commander's layout with translated titles and East Asian widths.
 *
 * @param groups - Commands without an action of their own.
 */
export function helpConfiguration(
  messages: Messages,
  width: number,
  groups: ReadonlySet<CommanderCommand>,
): Partial<Help> {
  const { help } = messages;
  const titles = new Map([
    ['Usage:', help.usage],
    ['Arguments:', help.arguments],
    ['Options:', help.options],
    ['Commands:', help.commands],
  ]);
  return {
    styleTitle: (title) => titles.get(title) ?? title,
    // Commander adds a space after the title; a full-width colon needs none.
    formatHelp(command, helper) {
      const page = Help.prototype.formatHelp
        .call(helper, command, helper)
        .replace(`${help.usage} `, label(help.usage));
      // Commander lists options first; the program's page starts with commands.
      const blocks = page.trimEnd().split('\n\n');
      const isOptions = (block: string) => block.startsWith(help.globalOptions);
      return command.parent === null
        ? `${[...blocks.filter((one) => !isOptions(one)), ...blocks.filter(isOptions)].join('\n\n')}\n`
        : page;
    },
    optionDescription: ({ description, argChoices = [] }) =>
      withChoices(description, argChoices.join(', '), help.choices),
    commandUsage: (command) => {
      const indent = ordinaryWidth(label(help.usage));
      const usage = Help.prototype.commandUsage.call(new Help(), command);
      return wrapLine(usage, width - indent).join(`\n${' '.repeat(indent)}`);
    },
    ...LAYOUT,
    // A group lists its runnable commands; their options are on their own pages.
    visibleCommands: (command) => command.commands.flatMap(listRunnable),
    visibleOptions: (command) => (groups.has(command) ? [] : optionsOf(command)),
    subcommandTerm: (command) => {
      const known = command.registeredArguments.map((argument) =>
        argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
      );
      return [...pathOf(command), ...known].join(' ');
    },
  };

  function listRunnable(command: CommanderCommand): CommanderCommand[] {
    const below = command.commands.flatMap(listRunnable);
    return groups.has(command) ? below : [command, ...below];
  }

  /** The command's options and the global ones. */
  function optionsOf(command: CommanderCommand): Option[] {
    if (command.parent !== null) return [...command.options, ...optionsOf(rootOf(command))];
    const helpOption = new Option('-h, --help', messages.options.help);
    return [...command.options, helpOption.helpGroup(help.globalOptions)];
  }
}

function rootOf(command: CommanderCommand): CommanderCommand {
  return command.parent === null ? command : rootOf(command.parent);
}

/** The command's words, without the program name. */
function pathOf(command: CommanderCommand): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

/** The part of a help page below the options. */
export function helpExtras(command: Command, messages: Messages, width: number): string {
  const examples = command.help.examples.map(
    ({ line, caption }) => [line, caption(messages)] as const,
  );
  const lines = layOutExamples(examples, width);
  return `\n${messages.help.examples}\n${lines.join('\n')}`;
}

/** Captions, each above its command line. */
export function layOutExamples(
  examples: readonly (readonly [line: string, caption: string])[],
  width: number,
): readonly string[] {
  return examples.flatMap(([line, caption]) => [
    ...wrapLine(caption, width - 4).map((text) => `  # ${text}`),
    ...wrapShellLine(line, width),
  ]);
}

/** Shell words; quoted strings are kept whole. */
const SHELL_WORDS = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** Wraps a command line with backslash-newline, so that it can still be pasted (POSIX XCU 2.2.1). */
export function wrapShellLine(line: string, width: number): string[] {
  if (ordinaryWidth(`  ${line}`) <= width) return [`  ${line}`];
  const words = line.match(SHELL_WORDS) ?? [];
  const lines: string[] = [];
  let current = ' ';
  for (const [index, word] of words.entries()) {
    const available = width - (index === words.length - 1 ? 0 : ' \\'.length);
    if (current.trim() === '' || ordinaryWidth(`${current} ${word}`) <= available) {
      current += ` ${word}`;
    } else {
      lines.push(`${current} \\`);
      current = `    ${word}`;
    }
    while (ordinaryWidth(current) > available) {
      const head = headWithin(current, width - 1);
      lines.push(`${head}\\`);
      // No indent: spaces would become part of the word.
      current = current.slice(head.length);
    }
  }
  return [...lines, current];
}

/** Terms and descriptions in two columns, or below each other in a narrow terminal. */
export function layOutRows(
  rows: readonly (readonly [term: string, description: string])[],
  width: number,
): readonly string[] {
  const helper = Object.assign(new Help(), LAYOUT, { helpWidth: width });
  const termWidth = Math.max(0, ...rows.map(([term]) => ordinaryWidth(term)));
  return rows.flatMap(([term, description]) =>
    helper.formatItem(term, termWidth, description, helper).split('\n'),
  );
}
