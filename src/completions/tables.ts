import type { CommandTree, TreeOption } from '../model/command-tree.js';
import {
  listPlaces,
  namesOf,
  type Place,
  sourceOfArgument,
  sourceOfOption,
  takesNextWord,
  toOneLine,
  type ValueSource,
  type Word,
} from './places.js';

/**
 * The command tree as lookup tables, for shells whose completion script parses the command line.
 *
 * A place is written with a blank before each word: `''` is the program, `' vnc create'` a command.
 */
export interface Tables {
  /** Every place except the program. */
  readonly commands: readonly string[];
  /** Options whose value is the next word: `--output` when global, `' vnc screenshot --file'` otherwise. */
  readonly awaiting: readonly string[];
  /** Subcommands by `0` and place: `'0 vnc'`. */
  readonly subcommands: readonly WordRow[];
  /** Arguments by index and place: `'0 completion'`. */
  readonly operands: readonly ValueRow[];
  readonly globalOptions: readonly Word[];
  /** Options by place, without the global ones. */
  readonly options: readonly WordRow[];
  /** Values of options, with keys as in `awaiting`. */
  readonly values: readonly ValueRow[];
}

export interface WordRow {
  readonly keys: readonly string[];
  readonly words: readonly Word[];
}

export interface ValueRow {
  readonly keys: readonly string[];
  /** Placeholder of the value: `FORMAT`. */
  readonly label: string;
  readonly source: ValueSource;
}

export function makeTables(tree: CommandTree): Tables {
  const places = listPlaces(tree);
  const options = [
    ...tree.globalOptions.map((option) => ({ option, keys: namesOf(option) })),
    ...places.flatMap((place) =>
      place.options.map((option) => ({
        option,
        keys: namesOf(option).map((name) => `${keyOf(place)} ${name}`),
      })),
    ),
  ];
  return {
    commands: places.slice(1).map(keyOf),
    awaiting: options.flatMap(({ option, keys }) => (takesNextWord(option) ? keys : [])),
    subcommands: withoutEmpty(
      places.map((place) => ({ keys: [`0${keyOf(place)}`], words: place.subcommands })),
    ),
    operands: places.flatMap((place) =>
      place.arguments.map((argument, index) => ({
        keys: [`${index}${keyOf(place)}`],
        label: argument.name,
        source: sourceOfArgument(argument),
      })),
    ),
    globalOptions: tree.globalOptions.flatMap(wordsOf),
    options: withoutEmpty(
      places.map((place) => ({ keys: [keyOf(place)], words: place.options.flatMap(wordsOf) })),
    ),
    values: [
      ...options.flatMap(({ option, keys }) =>
        option.value === undefined
          ? []
          : [{ keys, label: option.value, source: sourceOfOption(option) }],
      ),
      ...places.flatMap((place) =>
        place.fields.map(({ option, source }) => ({
          keys: namesOf(option).map((name) => `${keyOf(place)} ${name}`),
          label: option.value ?? '',
          source,
        })),
      ),
    ],
  };
}

function keyOf(place: Place): string {
  return place.path.map((word) => ` ${word}`).join('');
}

function wordsOf(option: TreeOption): readonly Word[] {
  return namesOf(option).map((text) => ({ text, summary: toOneLine(option.summary) }));
}

function withoutEmpty(rows: readonly WordRow[]): readonly WordRow[] {
  return rows.filter((row) => row.words.length > 0);
}
