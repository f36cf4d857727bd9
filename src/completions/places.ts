import {
  beginsWith,
  type CommandTree,
  type LiveValues,
  type TreeArgument,
  type TreeOption,
  type ValueOrigin,
} from '../model/command-tree.js';

/** A command (or the program) and what may follow it besides the global options. */
export interface Place {
  /** The words of the command; empty for the program. */
  readonly path: readonly string[];
  readonly subcommands: readonly Word[];
  readonly arguments: readonly TreeArgument[];
  /** Without those that are also global. */
  readonly options: readonly TreeOption[];
  /** `--field` and `--fields` with the values of this command. */
  readonly fields: readonly FieldOption[];
}

/** A global option whose values depend on the command. */
export interface FieldOption {
  readonly option: TreeOption;
  readonly source: ValueSource;
}

/** A candidate with a one-line description. */
export interface Word {
  readonly text: string;
  readonly summary: string;
}

/** Where the candidates of a value come from. */
export type ValueSource =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  /** Comma-separated choices. */
  | { readonly kind: 'list'; readonly choices: readonly string[] }
  /** From the program at completion time; `isFile`: or a path. */
  | { readonly kind: 'live'; readonly values: LiveValues; readonly isFile: boolean }
  | { readonly kind: 'file' }
  | { readonly kind: 'free' };

/** The program, then its commands in order. */
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

/** `['-o', '--output']`. */
export function namesOf(option: TreeOption): readonly string[] {
  return option.short === undefined ? [option.long] : [option.short, option.long];
}

/** Whether the next word is the option's value; optional values require `=`. */
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

/** Replaces line breaks and other control characters with blanks. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && beginsWith(path, parent);
}
