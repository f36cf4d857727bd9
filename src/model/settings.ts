import { parseBaseUrl } from './base-url.js';
import { parseLoginNode } from './endpoint.js';
import { DEFAULT_CLOCK, isTimeZone, parseDurationMs } from './time.js';

export interface SettingDefinition<Value = unknown> {
  /** The environment variable that overrides the file. */
  readonly environment?: string;
  /** The default; undefined: unset. */
  readonly fallback?: string;
  /** The expected syntax, for messages. */
  readonly expected: string;
  /** Undefined for an invalid value. */
  parse(text: string): Value | undefined;
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

export const SETTINGS = {
  apiUrl: {
    environment: 'HPC_DESK_API_URL',
    expected: 'https://HOST[:PORT]',
    parse: parseBaseUrl,
  },
  platformUrl: {
    environment: 'HPC_DESK_PLATFORM_URL',
    fallback: 'https://www.scnet.cn',
    expected: 'https://HOST[:PORT]',
    parse: parseBaseUrl,
  },
  authUrl: {
    environment: 'HPC_DESK_AUTH_URL',
    fallback: 'https://api.scnet.cn',
    expected: 'https://HOST[:PORT]',
    parse: parseBaseUrl,
  },
  profile: {
    environment: 'HPC_DESK_PROFILE',
    fallback: 'default',
    expected: '[A-Za-z0-9._-]{1,64}',
    parse: matching(/^[A-Za-z0-9._-]{1,64}$/),
  },
  via: {
    environment: 'HPC_DESK_VIA',
    expected: '[USER@]HOST[:PORT]',
    parse: parseLoginNode,
  },
  viewer: {
    environment: 'HPC_DESK_VIEWER',
    fallback: 'auto',
    expected: 'auto|ID|PATH|web|none',
    parse: (text) => text || undefined,
  },
  /** A locale name: zh_CN, zh-Hans, en_US.UTF-8. */
  lang: {
    environment: 'HPC_DESK_LANG',
    expected: 'en|zh',
    parse: matching(/^(en|zh)([_.@-][\w.@-]*)?$/i),
  },
  /** In milliseconds. */
  timeout: { fallback: '60s', expected: '90s|10m|2h', parse: parseDurationMs },
  timeZone: {
    fallback: DEFAULT_CLOCK.timeZone,
    expected: 'Area/City',
    parse: (text) => (isTimeZone(text) ? text : undefined),
  },
  sweepHour: {
    fallback: String(DEFAULT_CLOCK.sweepHour),
    expected: '0…23',
    parse: (text) => (/^(1?\d|2[0-3])$/.test(text) ? Number(text) : undefined),
  },
  notify: {
    fallback: 'off',
    expected: 'on|off',
    parse: (text) => (/^(on|off)$/.test(text) ? text === 'on' : undefined),
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof SETTINGS;

/** As parsed. */
type SettingValue<Name extends SettingName> = NonNullable<
  ReturnType<(typeof SETTINGS)[Name]['parse']>
>;

type Definitions = { readonly [Name in SettingName]: SettingDefinition<SettingValue<Name>> };

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The origin of a value, in order of precedence. */
export type SettingSource = 'option' | 'env' | 'profile' | 'settings' | 'default' | 'unset';

export interface ParsedSetting<Name extends SettingName> {
  readonly value: SettingValue<Name>;
  /** As it was typed or stored. */
  readonly text: string;
}

export type ParsedSettings = { readonly [Name in SettingName]?: ParsedSetting<Name> };

type MaybeUnset<Name extends SettingName> = (typeof SETTINGS)[Name] extends {
  readonly fallback: string;
}
  ? never
  : undefined;

/** The effective value. */
export interface Setting<Name extends SettingName = SettingName> {
  readonly value: SettingValue<Name> | MaybeUnset<Name>;
  readonly text: string | MaybeUnset<Name>;
  readonly source: SettingSource;
}

/** Undefined for an invalid value. */
export function parseSetting<Name extends SettingName>(
  name: Name,
  text: string,
): ParsedSetting<Name> | undefined {
  const definitions: Definitions = SETTINGS;
  const value: SettingValue<Name> | undefined = definitions[name].parse(text);
  return value === undefined ? undefined : { value, text };
}

/** @param refuse - Called for the first invalid value. */
export function parseSettings(
  values: Readonly<Record<string, unknown>>,
  refuse: (name: SettingName, value: unknown) => never,
): ParsedSettings {
  const given = SETTING_NAMES.filter((name) => values[name] !== undefined);
  const parse = (name: SettingName, value: unknown) =>
    (typeof value === 'string' ? parseSetting(name, value) : undefined) ?? refuse(name, value);
  return Object.fromEntries(given.map((name) => [name, parse(name, values[name])]));
}

export function defaultSetting<Name extends SettingName>(name: Name): Setting<Name> {
  const { fallback }: SettingDefinition = SETTINGS[name];
  const parsed = fallback === undefined ? undefined : parseSetting(name, fallback);
  return {
    value: parsed?.value,
    text: fallback,
    source: parsed === undefined ? 'unset' : 'default',
  } as Setting<Name>;
}
