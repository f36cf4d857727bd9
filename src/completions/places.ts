import type { CommandTree, TreeArgument, TreeOption } from '../model/command-tree.js';

/** One point of the command line, and what may be typed there besides the global options. */
export interface Place {
  /** The command words that lead here: none for the program itself. */
  readonly path: readonly string[];
  readonly subcommands: readonly Word[];
  readonly arguments: readonly TreeArgument[];
  /** Options of this command alone: one that is global too is left to the global list. */
  readonly options: readonly TreeOption[];
}

/** A word to offer, with its description on one line. */
export interface Word {
  readonly text: string;
  readonly summary: string;
}

/**
 * Where the words of a value come from. Live values (session ids, say) would be one more member here and one more
 * branch in each writer.
 */
export type ValueSource =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'file' }
  | { readonly kind: 'free' };

/** Lists every place of the tree: the program itself, then its commands in their order. */
export function listPlaces(tree: CommandTree): readonly Place[] {
  const globalNames = new Set(tree.globalOptions.map((option) => option.long));
  const root = { path: [], arguments: [], options: [] };
  return [root, ...tree.commands].map((command) => ({
    path: command.path,
    subcommands: tree.commands
      .filter(({ path }) => isChild(path, command.path))
      .map(({ path, summary }) => ({ text: path.at(-1) ?? '', summary: toOneLine(summary) })),
    arguments: command.arguments,
    options: command.options.filter((option) => !globalNames.has(option.long)),
  }));
}

/** The ways to write an option: `['-o', '--output']`. */
export function namesOf(option: TreeOption): readonly string[] {
  return option.short === undefined ? [option.long] : [option.short, option.long];
}

/** Whether the next word is the value of the option: an optional value stands behind `=` only. */
export function takesNextWord(option: TreeOption): boolean {
  return option.value !== undefined && !option.isValueOptional;
}

export function sourceOfOption(option: TreeOption): ValueSource {
  if (option.choices.length > 0) return { kind: 'choices', choices: option.choices };
  return option.isFile ? { kind: 'file' } : { kind: 'free' };
}

export function sourceOfArgument(argument: TreeArgument): ValueSource {
  return argument.choices.length > 0
    ? { kind: 'choices', choices: argument.choices }
    : { kind: 'free' };
}

/** Turns line breaks and other control characters into blanks. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && parent.every((word, index) => word === path[index]);
}
