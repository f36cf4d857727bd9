/** The command line as data: what completions, the surface list and the reference page are made from. */
export interface CommandTree {
  readonly program: string;
  readonly globalOptions: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
}

export interface TreeCommand {
  /** `['vnc', 'create']`; groups such as `['vnc']` are in the list too, before their verbs. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly isGroup: boolean;
  readonly arguments: readonly TreeArgument[];
  readonly options: readonly TreeOption[];
  /** Names that `--field` and `--fields` take. */
  readonly fields: readonly string[];
}

export interface TreeArgument {
  readonly name: string;
  readonly isRequired: boolean;
  readonly summary: string;
  /** Fixed words to offer; empty when any text is meant. */
  readonly choices: readonly string[];
  readonly origin: ValueOrigin | undefined;
}

export interface TreeOption {
  /** `-o`, or undefined. */
  readonly short: string | undefined;
  /** `--output`. */
  readonly long: string;
  /** Name of the value, `FORMAT`; undefined for a switch. */
  readonly value: string | undefined;
  /** Whether the value may be left out, as in `--wait[=DURATION]`. */
  readonly isValueOptional: boolean;
  readonly summary: string;
  readonly choices: readonly string[];
  /** Whether the value is a path on this machine. */
  readonly isFile: boolean;
  readonly origin: ValueOrigin | undefined;
}

/** Values that only the running program knows, and that a shell asks it for when Tab is pressed. */
export const LIVE_VALUES = ['sessions', 'clusters', 'profiles', 'viewers', 'tunnels'] as const;

export type LiveValues = (typeof LIVE_VALUES)[number];

/** Where completions find the values of an argument or an option; the fields are those of the command. */
export type ValueOrigin = LiveValues | 'field' | 'fields';

/** One value to offer, and what to tell of it. */
export interface Candidate {
  readonly word: string;
  readonly note: string;
}

/** Whether these words begin with those, as `vnc show` with `vnc`, and as everything with nothing. */
export function beginsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => word === words[index]);
}

/**
 * A summary with the words that may be given, in the brackets that already name the default.
 *
 * @param bracket - Puts them into brackets of their own.
 */
export function withChoices(
  summary: string,
  words: string,
  bracket: (words: string) => string,
): string {
  if (words === '') return summary;
  const shared = summary.replace(/[(（](?=[^()（）]*[)）]$)/, (open) =>
    open === '（' ? `${open}${words}；` : `${open}${words}; `,
  );
  return shared === summary ? summary + bracket(words) : shared;
}
