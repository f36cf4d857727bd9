import { type Argument, type Command as CommanderCommand, Help, Option } from 'commander';
import type { AnyCommand } from '../commands/command.js';
import type { Messages } from '../i18n/messages.js';
import type { MeasureWidth } from './measure-width.js';

/** Narrower than this, a description stands below its term. */
const MIN_DESCRIPTION_COLUMNS = 24;

/**
 * Commander's own layout with our words, and widths and wrapping that know Chinese.
 *
 * @param runnable - The commands that do something by themselves; the others are groups.
 */
export function helpConfiguration(
  messages: Messages,
  measure: MeasureWidth,
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
    displayWidth: measure,
    styleTitle: (title) => titles.get(title) ?? title,
    boxWrap: (text, width) =>
      text
        .split('\n')
        .flatMap((line) => wrapLine(line, width, measure))
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
export function helpExtras(
  command: AnyCommand,
  { messages, measure }: { readonly messages: Messages; readonly measure: MeasureWidth },
  width: number,
): string {
  const lines = command.examples.flatMap(({ line, caption }) => [
    ...wrapLine(caption(messages), width - 4, measure).map((text) => `  # ${text}`),
    `  ${line}`,
  ]);
  return `\n${messages.help.examples}\n${lines.join('\n')}`;
}

/** Breaks between words, which Chinese has without blanks; only a word that is wider than the line stands out. */
export function wrapLine(line: string, width: number, measure: MeasureWidth): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of unbreakablePieces(line)) {
    if (current.trim() !== '' && measure(current + piece.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = piece.trimStart();
    } else {
      current += piece;
    }
  }
  return [...lines, current.trimEnd()];
}

const MAY_NOT_START_A_LINE = /^[，。；：！？、）》」”’]/;
/** Everything before the CJK blocks of Unicode. */
const HAS_BLANKS_BETWEEN_WORDS = /^[\0-\u2dff]*$/;
const MAY_NOT_END_A_LINE = /[（《「“‘]$/;

/** Words with the punctuation that opens or closes them; ASCII without a blank, such as `--json`, stays whole. */
function unbreakablePieces(line: string): readonly string[] {
  if (HAS_BLANKS_BETWEEN_WORDS.test(line)) return line.match(/\s+|\S+/g) ?? [];
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(line)) {
    const last = pieces.at(-1);
    const isGlued =
      last !== undefined &&
      (MAY_NOT_START_A_LINE.test(segment) ||
        MAY_NOT_END_A_LINE.test(last) ||
        (/[!-~]$/.test(last) && /^[!-~]/.test(segment)));
    if (isGlued) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}
