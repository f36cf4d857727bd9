import type { OptionSpec } from '../../commands/command.js';
import type { SettingName } from '../../model/settings.js';
import { FORMATS } from '../output/output-options.js';

/** Options of every command, in any position. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: '--json', summary: (messages) => messages.options.json },
  {
    flags: '-o, --output <FORMAT>',
    choices: FORMATS,
    summary: (messages) => messages.options.output,
  },
  { flags: '--fields <NAMES>', origin: 'fields', summary: (messages) => messages.options.fields },
  {
    flags: '--field <NAME>',
    origin: 'field',
    conflicts: ['fields', 'output', 'json'],
    summary: (messages) => messages.options.field,
  },
  { flags: '-q, --quiet', summary: (messages) => messages.options.quiet },
  { flags: '--debug', summary: (messages) => messages.options.debug },
  {
    flags: '--profile <NAME>',
    origin: 'profiles',
    summary: (messages) => messages.options.profile,
  },
  { flags: '--api-url <URL>', summary: (messages) => messages.options.apiUrl },
  { flags: '--lang <LANG>', choices: ['en', 'zh'], summary: (messages) => messages.options.lang },
  { flags: '--color', summary: (messages) => messages.options.color },
  { flags: '--no-color', summary: (messages) => messages.options.noColor },
  { flags: '--no-input', summary: (messages) => messages.options.noInput },
  { flags: '--timeout <DURATION>', summary: (messages) => messages.options.timeout },
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
