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

/** A command (or the program) and what may follow it besides the global options. */
export interface Place {
  /** The words of the command; empty for the program. */
  readonly path: readonly string[];
  readonly subcommands: readonly Word[];
  readonly operands: readonly PlaceArgument[];
  /** Without those that are also global. */
  readonly options: readonly PlaceOption[];
  /** The global options `--field` and `--fields` with the values of this command. */
  readonly fields: readonly PlaceOption[];
}

export interface PlaceArgument {
  readonly argument: TreeArgument;
  readonly source: Source;
}

export interface PlaceOption {
  readonly option: TreeOption;
  /** `['-o', '--output']`. */
  readonly names: readonly string[];
  readonly source: Source;
}

/** Candidates by key. */
export interface Row {
  readonly keys: readonly string[];
  /** Placeholder of the value: `FORMAT`. */
  readonly label: string;
  readonly source: RowSource;
}

/** `words`: subcommands or options. */
export type RowSource = Source | { readonly kind: 'words'; readonly words: readonly Word[] };

/**
 * The command tree as lookup tables, for shells whose completion script parses the command line.
 *
 * The key of a place has a blank before each word: `''` is the program, `' vnc create'` a command. The key of an option is
 * its name when it is global (`--output`), else place and name: `' vnc screenshot --file'`.
 */
export interface Tables {
  /** The program, then its commands in order. */
  readonly places: readonly Place[];
  readonly globals: readonly PlaceOption[];
  /** Every place except the program. */
  readonly commands: readonly string[];
  /** Options whose value is the next word. */
  readonly awaiting: readonly string[];
  /** Subcommands by `0` and place: `'0 vnc'`. */
  readonly subcommands: readonly Row[];
  /** Arguments by index and place: `'0 completion'`. */
  readonly operands: readonly Row[];
  readonly globalOptions: readonly Word[];
  /** Options by place, without the global ones. */
  readonly options: readonly Row[];
  /** Values by option. */
  readonly values: readonly Row[];
}

export function makeTables(tree: CommandTree): Tables {
  const globals = tree.globalOptions.map((option) => describe(option));
  const places = listPlaces(tree);
  const options = [
    ...globals.map((item) => ({ ...item, keys: item.names })),
    ...places.flatMap((place) => place.options.map((item) => keyed(place, item))),
  ];
  const fields = places.flatMap((place) => place.fields.map((item) => keyed(place, item)));
  return {
    places,
    globals,
    commands: places.slice(1).map(keyOf),
    awaiting: options.flatMap(({ option, keys }) => (takesNextWord(option) ? keys : [])),
    subcommands: places.flatMap((place) => wordRow(`0${keyOf(place)}`, place.subcommands)),
    operands: places.flatMap((place) =>
      place.operands.map(({ argument, source }, index) => ({
        keys: [`${index}${keyOf(place)}`],
        label: argument.name,
        source,
      })),
    ),
    globalOptions: globals.flatMap(wordsOf),
    options: places.flatMap((place) => wordRow(keyOf(place), place.options.flatMap(wordsOf))),
    values: [...options, ...fields].flatMap(({ option, keys, source }) =>
      option.value === undefined ? [] : [{ keys, label: option.value, source }],
    ),
  };
}

function listPlaces({ globalOptions, commands }: CommandTree): readonly Place[] {
  const root = { path: [], arguments: [], options: [], fields: [] };
  return [root, ...commands].map((command) => ({
    path: command.path,
    subcommands: commands
      .filter(({ path }) => isChild(path, command.path))
      .map(({ path, summary }) => ({ text: path.at(-1) ?? '', summary: toOneLine(summary) })),
    operands: command.arguments.map((argument) => ({ argument, source: sourceOf(argument) })),
    options: command.options
      .filter(({ long }) => globalOptions.every((option) => option.long !== long))
      .map((option) => describe(option)),
    fields: command.fields.length === 0 ? [] : describeFields(globalOptions, command.fields),
  }));
}

function describe(option: TreeOption, source: Source = sourceOf(option)): PlaceOption {
  const names = option.short === undefined ? [option.long] : [option.short, option.long];
  return { option, names, source };
}

function describeFields(
  options: readonly TreeOption[],
  choices: readonly string[],
): readonly PlaceOption[] {
  return options.flatMap((option) => {
    if (option.origin === 'field') return [describe(option, { kind: 'choices', choices })];
    return option.origin === 'fields' ? [describe(option, { kind: 'list', choices })] : [];
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

/** Whether the next word is the option's value; optional values require `=`. */
export function takesNextWord(option: TreeOption): boolean {
  return option.value !== undefined && !option.isValueOptional;
}

/** Replaces line breaks and other control characters with blanks. */
export function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function keyOf({ path }: Place): string {
  return path.map((word) => ` ${word}`).join('');
}

function keyed(place: Place, item: PlaceOption) {
  return { ...item, keys: item.names.map((name) => `${keyOf(place)} ${name}`) };
}

function wordsOf({ names, option }: PlaceOption): readonly Word[] {
  return names.map((text) => ({ text, summary: toOneLine(option.summary) }));
}

function wordRow(key: string, words: readonly Word[]): readonly Row[] {
  return words.length === 0 ? [] : [{ keys: [key], label: '', source: { kind: 'words', words } }];
}

function isChild(path: readonly string[], parent: readonly string[]): boolean {
  return path.length === parent.length + 1 && beginsWith(path, parent);
}
