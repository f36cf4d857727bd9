import {
  type CommandTree,
  type TreeArgument,
  type TreeCommand,
  type TreeOption,
  withChoices,
} from '../model/command-tree.js';
import { toOneLine } from './tables.js';

/** Generates docs/reference.md. */
export function writeReference(tree: CommandTree): string {
  const commands = tree.commands.filter((command) => !command.isGroup);
  const blocks = [
    '# Command reference',
    `<!-- Generated from the command tree of ${tree.program}: edit the commands, then run \`npm run generate\`. -->`,
    table(
      ['Command', ''],
      commands.map((command) => [linkTo(tree.program, command), escapeText(command.summary)]),
    ),
    ...commands.flatMap((command) => writeCommand(tree.program, command)),
    '## Options of every command',
    'They can be used anywhere on the line.',
    itemTable('Option', tree.globalOptions),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function writeCommand(program: string, command: TreeCommand): readonly string[] {
  const usage = [
    titleOf(program, command),
    ...command.arguments.map(writeItem),
    ...(command.options.length > 0 ? ['[options]'] : []),
  ].join(' ');
  return [
    `## ${titleOf(program, command)}`,
    escapeText(command.summary),
    ['```', usage, '```'].join('\n'),
    itemTable('Argument', command.arguments),
    itemTable('Option', command.options),
  ];
}

function itemTable(head: string, items: readonly (TreeArgument | TreeOption)[]): string {
  return table(
    [head, ''],
    items.map((item) => [
      code(writeItem(item)),
      withChoices(escapeText(item.summary), item.choices.map(code).join(', ')),
    ]),
  );
}

/** `-o, --output=FORMAT`, `--wait[=DURATION]`; `<shell>`, `[selector]`. */
export function writeItem(item: TreeArgument | TreeOption): string {
  if ('name' in item) return item.isRequired ? `<${item.name}>` : `[${item.name}]`;
  const names = item.short === undefined ? item.long : `${item.short}, ${item.long}`;
  if (item.value === undefined) return names;
  return item.isValueOptional ? `${names}[=${item.value}]` : `${names}=${item.value}`;
}

function titleOf(program: string, command: TreeCommand): string {
  return [program, ...command.path].join(' ');
}

/** The anchor that GitHub generates for the heading. */
function linkTo(program: string, command: TreeCommand): string {
  const anchor = [program, ...command.path].join('-').toLowerCase();
  return `[${code(command.path.join(' '))}](#${anchor})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return lines.join('\n');
}

/** In a table `|` ends the cell, also in code (GFM §4.10). */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function escapeText(text: string): string {
  return toOneLine(text).replace(/[\\`*_[\]<>|#&$~]/g, '\\$&');
}

/**
 * Lists all commands, arguments and options, one per line, sorted, so that changes of the interface show up in a diff.
 * Global options are listed once, under `*`.
 */
export function writeSurface(tree: CommandTree): string {
  const lines = [
    ...tree.globalOptions.map((option) => `* ${surfaceOf(option)}`),
    ...tree.commands.flatMap((command) => {
      const words = command.path.join(' ');
      return [
        words,
        ...[...command.arguments, ...command.options].map((item) => `${words} ${surfaceOf(item)}`),
      ];
    }),
  ];
  return `${lines.toSorted().join('\n')}\n`;
}

function surfaceOf(item: TreeArgument | TreeOption): string {
  return writeItem(item) + (item.choices.length === 0 ? '' : ` (${item.choices.join('|')})`);
}
