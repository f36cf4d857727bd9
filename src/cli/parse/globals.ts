import type { OptionSpec } from '../../commands/command.js';
import type { SettingName } from '../../model/settings.js';
import { FORMATS } from '../output/output-options.js';

/** Options of every command, in any position. */
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
    conflicts: ['--fields', '--output', '--json'],
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

export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['list', 'ls'],
  ['delete', 'rm'],
]);

/** Options that override a setting for one run. */
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
