import type { Messages } from '../i18n/messages.js';
import type { ValueOrigin } from '../model/command-tree.js';
import type { Ui } from '../view/ui.js';
import type { Context } from './context.js';

/** An argument, as data for help, parsing, completions and the list of the command-line surface. */
export interface ArgumentSpec {
  readonly name: string;
  readonly isRequired: boolean;
  readonly summary: (messages: Messages) => string;
  readonly choices?: readonly string[];
  /** Source of dynamic completions. */
  readonly origin?: ValueOrigin;
}

/** An option, as data. */
export interface OptionSpec {
  /** As for commander: `-o, --output <FORMAT>`, `--wait [DURATION]`; `--no-…` is a switch that is on by default. */
  readonly flags: string;
  readonly choices?: readonly string[];
  /** Mutually exclusive options, by their names in camel case. */
  readonly conflicts?: readonly string[];
  readonly isFile?: boolean;
  /** Source of dynamic completions. */
  readonly origin?: ValueOrigin;
  readonly summary: (messages: Messages) => string;
}

/** The command line before the command has validated it. */
export interface RawInput {
  /** In the order of the command's arguments. */
  readonly arguments: readonly (string | undefined)[];
  /** Value of an option by its long name. */
  text(long: `--${string}`): string | undefined;
  /** Whether a switch was given. */
  has(long: `--${string}`): boolean;
}

export interface Example {
  /** A complete command line; a test parses each one. */
  readonly line: string;
  readonly caption: (messages: Messages) => string;
}

/** Lines for stderr after the result. */
export interface Advice {
  readonly warnings?: readonly string[];
  /** Suggested next commands; for people only. */
  readonly next?: readonly string[];
  /** Command that undoes this one; for people only. */
  readonly undo?: string;
  /** Problems, for annotations in CI. */
  readonly problems?: readonly string[];
}

export interface CommandHelp {
  /** Heading of the command in the program's help. */
  readonly group: 'start' | 'desktops' | 'account' | 'setup';
  readonly summary: (messages: Messages) => string;
  readonly examples: readonly Example[];
}

/** Machine-readable form of a result. */
export interface ResultShape<Result> {
  /** Keys of the result in the order of TSV columns, with dots for nested keys. Empty when the result is a text. */
  readonly fields: readonly string[];
  /** Whether the result is a list, which `-o env` does not support. */
  readonly isList?: boolean;
  /** Fields of some results only: available to `--field`, absent from TSV. */
  readonly extraFields?: readonly string[];
  /** Output of `-o name`. */
  names?(result: Result): readonly string[];
  /** TSV rows for a result that is neither a record nor a list of records; undefined uses `fields`. */
  rows?(result: Result): readonly (readonly string[])[] | undefined;
}

export function allFields({ fields, extraFields = [] }: ResultShape<never>): readonly string[] {
  return [...fields, ...extraFields];
}

/** A command that keeps running after its result until it ends or is interrupted. */
export interface Running<Result> {
  readonly ready: Result;
  /** Further results, printed as they arrive. */
  readonly updates?: AsyncIterable<Result>;
  /** Called when the first result has been printed. */
  onPrinted?(): Promise<void>;
  /** Its end; left out, it ends with the above. */
  readonly closed?: Promise<void>;
}

/**
 * A command, as data. It never prints, exits or uses `process`: `run` returns data, which `--json` prints, and `view`
 * formats it as text. A `ByteStream` is written to stdout unchanged, whatever the format.
 *
 * Without type arguments: a command of any type.
 */
export interface Command<Options = unknown, Result = unknown> {
  readonly path: readonly string[];
  readonly help: CommandHelp;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly output: ResultShape<Result>;
  /** Pure; left out by a command without options and arguments. @throws usage.* */
  parse?(input: RawInput): Options;
  run(context: Context, options: Options): Promise<Result | Running<Result>>;
  /** Pure; for people only. */
  view(result: Result, ui: Ui): string;
  advise?(result: Result, messages: Messages, now: Date): Advice;
  /** Exit code of a successful command that reports a negative result; 0 by default. */
  exitCode?(result: Result): number;
}

/**
 * The help of a command.
 *
 * @param texts - The command's part of a catalogue: its summary, and a caption for each example.
 * @param examples - Command lines by the key of their caption.
 */
export function helpOf<Caption extends string>(
  group: CommandHelp['group'],
  texts: (messages: Messages) => Readonly<Record<NoInfer<Caption> | 'summary', string>>,
  examples: Readonly<Record<Caption, string>>,
): CommandHelp {
  const lines = Object.entries(examples) as [Caption, string][];
  return {
    group,
    summary: (messages) => texts(messages).summary,
    examples: lines.map(([key, line]) => ({ line, caption: (messages) => texts(messages)[key] })),
  };
}

/** Checks a command and infers its options from `parse` and its result from `run`, which hence stand before their users. */
export function defineCommand<Options, Result>(
  command: Command<Options, Result>,
): Command<Options, Result> {
  return command;
}

/** Binary data in chunks. */
export type ByteStream = AsyncIterable<Uint8Array>;

export function isByteStream(result: unknown): result is ByteStream {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

export function isRunning(outcome: unknown): outcome is Running<unknown> {
  return typeof outcome === 'object' && outcome !== null && 'ready' in outcome;
}
