import type { CommandTree, TreeArgument, TreeOption } from '../model/command-tree.js';
import { writeArgument, writeOption } from './usage.js';

/**
 * Lists all commands, arguments and options, one per line, sorted, so that changes of the interface show up in a diff.
 * Global options are listed once, under `*`.
 */
export function writeSurface(tree: CommandTree): string {
  const lines = [
    ...tree.globalOptions.map((option) => `* ${optionLine(option)}`),
    ...tree.commands.flatMap((command) => {
      const words = command.path.join(' ');
      return [
        words,
        ...command.arguments.map((argument) => `${words} ${argumentLine(argument)}`),
        ...command.options.map((option) => `${words} ${optionLine(option)}`),
      ];
    }),
  ];
  return `${lines.toSorted().join('\n')}\n`;
}

function optionLine(option: TreeOption): string {
  return writeOption(option) + choicesOf(option.choices);
}

function argumentLine(argument: TreeArgument): string {
  return writeArgument(argument) + choicesOf(argument.choices);
}

function choicesOf(choices: readonly string[]): string {
  return choices.length === 0 ? '' : ` (${choices.join('|')})`;
}
