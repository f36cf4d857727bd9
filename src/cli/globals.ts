import type { OptionSpec } from '../commands/command.js';
import { oneOf } from '../commands/options.js';
import { DeskError } from '../errors/desk-error.js';
import type { SettingName } from '../model/settings.js';

export const FORMATS = ['table', 'json', 'tsv', 'name', 'env'] as const;

export type Format = (typeof FORMATS)[number];

/** The options that every command takes, in any position. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { long: '--json', summary: (messages) => messages.options.json },
  {
    long: '--output',
    short: '-o',
    value: 'FORMAT',
    choices: FORMATS,
    summary: (messages) => messages.options.output,
  },
  {
    long: '--fields',
    value: 'NAMES',
    origin: 'fields',
    summary: (messages) => messages.options.fields,
  },
  {
    long: '--field',
    value: 'NAME',
    origin: 'field',
    summary: (messages) => messages.options.field,
  },
  { long: '--quiet', short: '-q', summary: (messages) => messages.options.quiet },
  { long: '--debug', summary: (messages) => messages.options.debug },
  {
    long: '--profile',
    value: 'NAME',
    origin: 'profiles',
    summary: (messages) => messages.options.profile,
  },
  { long: '--api-url', value: 'URL', summary: (messages) => messages.options.apiUrl },
  {
    long: '--lang',
    value: 'LANG',
    choices: ['en', 'zh'],
    summary: (messages) => messages.options.lang,
  },
  { long: '--color', summary: (messages) => messages.options.color },
  { long: '--no-color', summary: (messages) => messages.options.noColor },
  { long: '--no-input', summary: (messages) => messages.options.noInput },
  { long: '--timeout', value: 'DURATION', summary: (messages) => messages.options.timeout },
];

/** Options, of whatever command, that override a setting for one run. */
export const SETTING_OPTIONS: ReadonlyMap<SettingName, `--${string}`> = new Map([
  ['profile', '--profile'],
  ['apiUrl', '--api-url'],
  ['platformUrl', '--platform-url'],
  ['authUrl', '--auth-url'],
  ['lang', '--lang'],
  ['timeout', '--timeout'],
  ['via', '--via'],
  ['viewer', '--viewer'],
]);

/** How the result is to be written. */
export interface OutputWish {
  /** Undefined: a table on a terminal, TSV into a pipe. */
  readonly format: Format | undefined;
  readonly fields: readonly string[] | undefined;
  readonly field: string | undefined;
}

interface OptionReader {
  text(long: `--${string}`): string | undefined;
  has(long: `--${string}`): boolean;
}

/** @throws usage.invalidValue, usage.conflict */
export function readOutputWish(options: OptionReader): OutputWish {
  const output = options.text('--output');
  const named = output === undefined ? undefined : oneOf('--output', output, FORMATS);
  const isJson = options.has('--json');
  if (isJson && named !== undefined && named !== 'json') refuseBoth('--json', `-o ${named}`);
  const fields = options.text('--fields')?.split(',').filter(Boolean);
  if (fields?.length === 0) throw new DeskError('usage.missingValue', { option: '--fields' });
  const field = options.text('--field');
  if (field !== undefined && fields !== undefined) refuseBoth('--field', '--fields');
  if (field !== undefined && (isJson || named !== undefined)) refuseBoth('--field', '--output');
  return { format: isJson ? 'json' : named, fields, field };
}

function refuseBoth(first: string, second: string): never {
  throw new DeskError('usage.conflict', { first, second });
}

/** What must be known before the line can be parsed, so that even a usage error has the right form and language. */
export interface EarlyWishes {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isDebug: boolean;
  readonly wantsVersion: boolean;
  readonly color: boolean | undefined;
  readonly lang: string | undefined;
}

export function readEarlyWishes(words: readonly string[]): EarlyWishes {
  const end = words.indexOf('--');
  const options = end === -1 ? words : words.slice(0, end);
  const has = (...names: string[]) => options.some((word) => names.includes(word));
  const findValue = (name: string) => {
    const index = options.lastIndexOf(name);
    const joined = options.findLast((word) => word.startsWith(`${name}=`));
    return joined?.slice(name.length + 1) ?? (index === -1 ? undefined : options[index + 1]);
  };
  return {
    isJson:
      has('--json', '-ojson') || findValue('--output') === 'json' || findValue('-o') === 'json',
    isQuiet: has('--quiet', '-q'),
    isDebug: has('--debug'),
    wantsVersion: has('--version', '-V'),
    color: has('--no-color') ? false : has('--color') ? true : undefined,
    lang: findValue('--lang'),
  };
}
