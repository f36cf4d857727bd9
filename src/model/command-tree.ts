/** The command line as data, for completions, the surface list and the reference. */
export interface CommandTree {
  readonly program: string;
  readonly globalOptions: readonly TreeOption[];
  readonly commands: readonly TreeCommand[];
}

export interface TreeCommand {
  /** `['vnc', 'create']`; groups such as `['vnc']` are listed before their verbs. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly isGroup: boolean;
  readonly arguments: readonly TreeArgument[];
  readonly options: readonly TreeOption[];
  /** Values of `--field` and `--fields`. */
  readonly fields: readonly string[];
}

export interface TreeArgument {
  readonly name: string;
  readonly isRequired: boolean;
  readonly summary: string;
  /** Fixed words; empty for free text. */
  readonly choices: readonly string[];
  readonly origin: ValueOrigin | undefined;
}

export interface TreeOption {
  /** `-o`, or undefined. */
  readonly short: string | undefined;
  /** `--output`. */
  readonly long: string;
  /** Placeholder, `FORMAT`; undefined for a flag. */
  readonly value: string | undefined;
  /** As in `--wait[=DURATION]`. */
  readonly isValueOptional: boolean;
  readonly summary: string;
  readonly choices: readonly string[];
  /** The value is a local path. */
  readonly isFile: boolean;
  readonly origin: ValueOrigin | undefined;
}

/** Values that a shell requests from the program (`__complete`) when Tab is pressed. */
export const LIVE_VALUES = ['sessions', 'clusters', 'profiles', 'viewers', 'tunnels'] as const;

export type LiveValues = (typeof LIVE_VALUES)[number];

/** Source of the values of an argument or option; `field`, `fields`: `TreeCommand.fields`. */
export type ValueOrigin = LiveValues | 'field' | 'fields';

/** A completion and its description. */
export interface Candidate {
  readonly word: string;
  readonly note: string;
}

/** Whether `start` is a prefix of `words`. */
export function beginsWith(words: readonly string[], start: readonly string[]): boolean {
  return start.every((word, index) => word === words[index]);
}

/**
 * A summary with the choices, merged into a trailing bracket (the default) if there is one.
 *
 * @param bracket - Formats the choices otherwise.
 */
export function withChoices(
  summary: string,
  words: string,
  bracket = (text: string) => ` (${text})`,
): string {
  if (words === '') return summary;
  const shared = summary.replace(/[(（](?=[^()（）]*[)）]$)/, (open) =>
    open === '（' ? `${open}${words}；` : `${open}${words}; `,
  );
  return shared === summary ? summary + bracket(words) : shared;
}
