import {
  beginsWith,
  type CommandTree,
  type LiveValues,
  type TreeArgument,
  type TreeOption,
} from '../model/command-tree.js';

/** A candidate with a one-line description. */
export interface Word {
  readonly text: string;
  readonly summary: string;
}

/** Where the candidates of a value come from. */
export type Source =
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  /** Comma-separated choices. */
  | { readonly kind: 'list'; readonly choices: readonly string[] }
  /** From the program at completion time; `isFile`: or a path. */
  | { readonly kind: 'live'; readonly values: LiveValues; readonly isFile: boolean }
  | { readonly kind: 'file' }
  | { readonly kind: 'free' };

/** An argument or option. */
export interface Item {
  /** `['-o', '--output']`; empty for an argument. */
  readonly names: readonly string[];
  /** Placeholder of the value: `FORMAT`; empty for a flag. */
  readonly label: string;
  readonly summary: string;
  /** The next word is the value; an optional value requires `=`. */
  readonly takesNextWord: boolean;
  readonly source: Source;
}

/** Candidates by key. */
export interface Row {
  readonly keys: readonly string[];
  readonly label: string;
  readonly source: RowSource;
}

/** `words`: subcommands or options. */
export type RowSource = Source | { readonly kind: 'words'; readonly words: readonly Word[] };

export type Tables = ReturnType<typeof makeTables>;

/**
 * The command tree as lookup tables, for shells whose completion script parses the command line.
 *
 * The key of a place has a blank before each word: `''` is the program, `' vnc create'` a command. The key of an option is
 * its name when it is global (`--output`), else place and name: `' vnc screenshot --file'`.
 */
export function makeTables(tree: CommandTree) {
  const globals = tree.globalOptions.map((option) => describeOption(option));
  const places = listPlaces(tree);
  const options = [
    ...globals.map((item) => ({ ...item, keys: item.names })),
    ...places.flatMap((place) => keyed(place.key, place.options)),
  ];
  const fields = places.flatMap((place) => keyed(place.key, place.fields));
  return {
    /** The program, then its commands in order. */
    places,
    globals,
    /** Every place except the program. */
    commands: places.slice(1).map(({ key }) => key),
    /** Options whose value is the next word. */
    awaiting: options.flatMap(({ takesNextWord, keys }) => (takesNextWord ? keys : [])),
    /** Subcommands by `0` and place: `'0 vnc'`. */
    subcommands: places.flatMap(({ key, subcommands }) => wordRow(`0${key}`, subcommands)),
    /** Arguments by index and place: `'0 completion'`. */
    operands: places.flatMap(({ key, operands }) =>
      operands.map((item, index): Row => ({ ...item, keys: [`${index}${key}`] })),
    ),
    globalOptions: globals.flatMap(wordsOf),
    /** Options by place, without the global ones. */
    options: places.flatMap(({ key, options }) => wordRow(key, options.flatMap(wordsOf))),
    /** Values by option. */
    values: [...options, ...fields].filter(({ label }) => label !== ''),
  };
}

/** The program and its commands, and what may follow each besides the global options. */
function listPlaces({ globalOptions, commands }: CommandTree) {
  const root = { path: [], arguments: [], options: [], fields: [] };
  return [root, ...commands].map((command) => ({
    /** The words of the command; empty for the program. */
    path: command.path,
    key: command.path.map((word) => ` ${word}`).join(''),
    subcommands: commands
      .filter(({ path }) => isChild(path, command.path))
      .map(({ path, summary }): Word => ({ text: path.at(-1) ?? '', summary: toOneLine(summary) })),
    operands: command.arguments.map(describeArgument),
    /** Without those that are also global. */
    options: command.options
      .filter(({ long }) => globalOptions.every((option) => option.long !== long))
      .map((option) => describeOption(option)),
    /** The global options `--field` and `--fields` with the values of this command. */
    fields: command.fields.length === 0 ? [] : describeFields(globalOptions, command.fields),
  }));
}

function describeOption(option: TreeOption, source: Source = sourceOf(option)): Item {
  const { short, long, value, isValueOptional, summary } = option;
  return {
    names: short === undefined ? [long] : [short, long],
    label: value ?? '',
    summary: toOneLine(summary),
    takesNextWord: value !== undefined && !isValueOptional,
    source,
  };
}

function describeArgument(argument: TreeArgument): Item {
  const { name, summary } = argument;
  const source = sourceOf(argument);
  return { names: [], label: name, summary: toOneLine(summary), takesNextWord: false, source };
}

function describeFields(options: readonly TreeOption[], choices: readonly string[]) {
  return options.flatMap((option) => {
    if (option.origin === 'field') return [describeOption(option, { kind: 'choices', choices })];
    return option.origin === 'fields' ? [describeOption(option, { kind: 'list', choices })] : [];
  });
}

function sourceOf({
  choices,
  origin,
  isFile = false,
}: Pick<TreeArgument, 'choices' | 'origin'> & { readonly isFile?: boolean }): Source {
  if (choices.length > 0) return { kind: 'choices', choices };
  const isLive = origin !== undefined && origin !== 'field' && origin !== 'fields';
  return isLive ? { kind: 'live', values: origin, isFile } : { kind: isFile ? 'file' : 'free' };
}

/** Replaces line breaks and other control characters with blanks. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function keyed(place: string, items: readonly Item[]) {
  return items.map((item) => ({ ...item, keys: item.names.map((name) => `${place} ${name}`) }));
}

function wordsOf({ names, summary }: Item): readonly Word[] {
  return names.map((text) => ({ text, summary }));
}

function wordRow(key: string, words: readonly Word[]): readonly Row[] {
  return words.length === 0 ? [] : [{ keys: [key], label: '', source: { kind: 'words', words } }];
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && beginsWith(path, parent);
}
