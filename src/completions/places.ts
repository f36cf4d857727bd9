import {
  beginsWith,
  type CommandTree,
  type LiveValues,
  type TreeArgument,
  type TreeOption,
  type ValueOrigin,
} from '../model/command-tree.js';

/** One point of the command line, and what may be typed there besides the global options. */
export interface Place {
  /** The command words that lead here: none for the program itself. */
  readonly path: readonly string[];
  readonly subcommands: readonly Word[];
  readonly arguments: readonly TreeArgument[];
  /** Options of this command alone: one that is global too is left to the global list. */
  readonly options: readonly TreeOption[];
  /** What `--field` and `--fields` take here. */
  readonly fields: readonly FieldOption[];
}

/** A global option whose values belong to the command. */
export interface FieldOption {
  readonly option: TreeOption;
  readonly source: ValueSource;
}

/** A word to offer, with its description on one line. */
export interface Word {
  readonly text: string;
  readonly summary: string;
}

/** Where the words of a value come from. */
export type ValueSource =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  /** Several choices with commas between them. */
  | { readonly kind: 'list'; readonly choices: readonly string[] }
  /** Asked of the program when they are needed; where `isFile`, a path is good too. */
  | { readonly kind: 'live'; readonly values: LiveValues; readonly isFile: boolean }
  | { readonly kind: 'file' }
  | { readonly kind: 'free' };

/** Lists every place of the tree: the program itself, then its commands in their order. */
export function listPlaces(tree: CommandTree): readonly Place[] {
  const globalNames = new Set(tree.globalOptions.map((option) => option.long));
  const root = { path: [], arguments: [], options: [], fields: [] };
  return [root, ...tree.commands].map((command) => ({
    path: command.path,
    subcommands: tree.commands
      .filter(({ path }) => isChild(path, command.path))
      .map(({ path, summary }) => ({ text: path.at(-1) ?? '', summary: toOneLine(summary) })),
    arguments: command.arguments,
    options: command.options.filter((option) => !globalNames.has(option.long)),
    fields: listFieldOptions(tree.globalOptions, command.fields),
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

export function sourceOfOption({ choices, isFile, origin }: TreeOption): ValueSource {
  if (choices.length > 0) return { kind: 'choices', choices };
  return liveSource(origin, isFile) ?? { kind: isFile ? 'file' : 'free' };
}

export function sourceOfArgument({ choices, origin }: TreeArgument): ValueSource {
  if (choices.length > 0) return { kind: 'choices', choices };
  return liveSource(origin, false) ?? { kind: 'free' };
}

function liveSource(origin: ValueOrigin | undefined, isFile: boolean): ValueSource | undefined {
  if (origin === undefined || origin === 'field' || origin === 'fields') return undefined;
  return { kind: 'live', values: origin, isFile };
}

function listFieldOptions(
  options: readonly TreeOption[],
  choices: readonly string[],
): readonly FieldOption[] {
  if (choices.length === 0) return [];
  return options.flatMap((option): readonly FieldOption[] => {
    if (option.origin === 'field') return [{ option, source: { kind: 'choices', choices } }];
    return option.origin === 'fields' ? [{ option, source: { kind: 'list', choices } }] : [];
  });
}

/** Turns line breaks and other control characters into blanks. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && beginsWith(path, parent);
}
