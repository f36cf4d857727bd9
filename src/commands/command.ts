import type { Messages } from '../i18n/messages.js';
import type { ValueOrigin } from '../model/command-tree.js';
import type { Ui } from '../view/ui.js';
import type { Context } from './context.js';

/** One argument, as data: help, parsing, completions and the surface list are made from it. */
export interface ArgumentSpec {
  readonly name: string;
  readonly isRequired: boolean;
  readonly summary: (messages: Messages) => string;
  readonly choices?: readonly string[];
  /** Where completions find values that are not fixed. */
  readonly origin?: ValueOrigin;
}

/** One option, as data. */
export interface OptionSpec {
  /** `--local-port`; a name in `--no-…` makes a switch that is on unless given. */
  readonly long: `--${string}`;
  readonly short?: `-${string}`;
  /** Name of the value; left out for a switch. */
  readonly value?: string;
  /** `--wait` and `--wait=DURATION`: the value may be left out. */
  readonly isValueOptional?: boolean;
  readonly choices?: readonly string[];
  /** Options that cannot be given with it. */
  readonly conflicts?: readonly `--${string}`[];
  readonly isFile?: boolean;
  /** Where completions find values that are not fixed. */
  readonly origin?: ValueOrigin;
  readonly summary: (messages: Messages) => string;
}

/** What was typed, before a command has looked at it. */
export interface RawInput {
  /** In the order of the command's arguments. */
  readonly arguments: readonly (string | undefined)[];
  /** The value of an option by its long name, or undefined. */
  text(long: `--${string}`): string | undefined;
  /** Whether a switch was given. */
  has(long: `--${string}`): boolean;
}

export interface Example {
  /** A whole line to type; a test runs each through the parser. */
  readonly line: string;
  readonly caption: (messages: Messages) => string;
}

/** Sentences for stderr after the result. */
export interface Advice {
  readonly warnings?: readonly string[];
  /** Commands to type next; only for people. */
  readonly next?: readonly string[];
  /** The command that undoes this one; only for people. */
  readonly undo?: string;
  /** What is wrong, for the summary that CI shows of a run. */
  readonly problems?: readonly string[];
}

export interface CommandHelp {
  /** The title it is listed under in the help of the program. */
  readonly group: 'start' | 'desktops' | 'account' | 'setup';
  readonly summary: (messages: Messages) => string;
  readonly examples: readonly Example[];
}

/** How a result is written for programs. */
export interface ResultShape<Result> {
  /** The keys of the result in the order of TSV columns; dots reach into objects. Empty: the result is one text. */
  readonly fields: readonly string[];
  /** Whether the result is a list: `-o env` has no names for that. */
  readonly isList?: boolean;
  /** Fields that only some results have; `--field` takes them, TSV leaves them out. */
  readonly extraFields?: readonly string[];
  /** What `-o name` prints. */
  names?(result: Result): readonly string[];
  /** TSV lines where the result is neither a record nor a list of records; undefined leaves it to `fields`. */
  rows?(result: Result): readonly (readonly string[])[] | undefined;
}

/** Something that stays after its result was printed, until it ends or a signal comes. */
export interface Running<Result> {
  readonly ready: Result;
  /** Results that follow the first, each printed as it comes. */
  readonly updates?: AsyncIterable<Result>;
  /** Does what may begin only once the first result has been printed. */
  onPrinted?(): Promise<void>;
  readonly closed: Promise<void>;
}

/**
 * A command is a value. It never prints, never exits and never reads the process: `run` answers with data, which is
 * what `--json` prints, and `view` turns the same data into text for people. A result that is a `ByteStream` is
 * written to stdout as it is, whatever the format.
 */
export interface Command<Options = unknown, Result = unknown> {
  readonly path: readonly string[];
  readonly help: CommandHelp;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly output: ResultShape<Result>;
  /** Pure. @throws usage.* */
  parse(input: RawInput): Options;
  run(context: Context, options: Options): Promise<Result | Running<Result>>;
  /** Pure; only for people. */
  view(result: Result, ui: Ui): string;
  advise?(result: Result, messages: Messages, now: Date): Advice;
  /** What a result that is no failure of the command means for a script; 0 unless told otherwise. */
  exitCode?(result: Result): number;
}

/** Any command, seen by the code that runs them all; its own types are known only inside its file. */
export type AnyCommand = Command;

/** Lets the compiler infer nothing but check everything. */
export function defineCommand<Options, Result>(
  command: Command<Options, Result>,
): Command<Options, Result> {
  return command;
}

/** Bytes that are no text, piece by piece. */
export type ByteStream = AsyncIterable<Uint8Array>;

export function isByteStream(result: unknown): result is ByteStream {
  return typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
}

export function isRunning(outcome: unknown): outcome is Running<unknown> {
  return (
    typeof outcome === 'object' && outcome !== null && 'ready' in outcome && 'closed' in outcome
  );
}
