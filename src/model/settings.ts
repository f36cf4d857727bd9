import { parseBaseUrl } from './base-url.js';
import { parseDurationMs } from './duration.js';
import { parseLoginNode } from './endpoint.js';
import { DEFAULT_CLOCK, isTimeZone } from './zoned-time.js';

/** One thing that the user can set once for all commands. */
export interface SettingDefinition {
  /** The variable that overrides the file, if there is one. */
  readonly environment?: string;
  /** Used when nothing else says; undefined means that nothing is set. */
  readonly fallback?: string;
  /** What a value must look like, for messages: words of code, not sentences. */
  readonly expected: string;
  accepts(value: string): boolean;
}

const isUrl = (value: string) => parseBaseUrl(value) !== undefined;

/** Every setting: adding one is adding a row. */
export const SETTINGS = {
  apiUrl: { environment: 'HPC_DESK_API_URL', expected: 'https://HOST[:PORT]', accepts: isUrl },
  platformUrl: {
    environment: 'HPC_DESK_PLATFORM_URL',
    fallback: 'https://www.scnet.cn',
    expected: 'https://HOST[:PORT]',
    accepts: isUrl,
  },
  authUrl: {
    environment: 'HPC_DESK_AUTH_URL',
    fallback: 'https://api.scnet.cn',
    expected: 'https://HOST[:PORT]',
    accepts: isUrl,
  },
  profile: {
    environment: 'HPC_DESK_PROFILE',
    fallback: 'default',
    expected: '[A-Za-z0-9._-]{1,64}',
    accepts: (value) => /^[A-Za-z0-9._-]{1,64}$/.test(value),
  },
  via: {
    environment: 'HPC_DESK_VIA',
    expected: '[USER@]HOST[:PORT]',
    accepts: (value) => parseLoginNode(value) !== undefined,
  },
  viewer: {
    environment: 'HPC_DESK_VIEWER',
    fallback: 'auto',
    expected: 'auto|ID|PATH|web|none',
    accepts: (value) => value !== '',
  },
  lang: {
    environment: 'HPC_DESK_LANG',
    expected: 'en|zh',
    // As a locale names it: zh_CN, zh-Hans, en_US.UTF-8.
    accepts: (value) => /^(en|zh)([_.@-][\w.@-]*)?$/i.test(value),
  },
  timeout: {
    fallback: '60s',
    expected: '90s|10m|2h',
    accepts: (value) => parseDurationMs(value) !== undefined,
  },
  timeZone: { fallback: DEFAULT_CLOCK.timeZone, expected: 'Area/City', accepts: isTimeZone },
  sweepHour: {
    fallback: String(DEFAULT_CLOCK.sweepHour),
    expected: '0…23',
    accepts: (value) => /^(1?\d|2[0-3])$/.test(value),
  },
  notify: {
    fallback: 'off',
    expected: 'on|off',
    accepts: (value) => value === 'on' || value === 'off',
  },
} as const satisfies Record<string, SettingDefinition>;

export type SettingName = keyof typeof SETTINGS;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** Where a value came from, strongest first. */
export type SettingSource = 'option' | 'env' | 'profile' | 'settings' | 'default' | 'unset';

export interface SettingValue {
  readonly value: string | undefined;
  readonly source: SettingSource;
}
