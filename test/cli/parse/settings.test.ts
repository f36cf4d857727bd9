import { describe, expect, it } from 'vitest';
import {
  readOptionSettings,
  resolveSetting,
  type SettingSources,
} from '../../../src/cli/parse/settings.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import type { ParsedSettings, SettingSource } from '../../../src/model/settings.js';
import { errorFrom } from '../../helpers/error-from.js';
import { runCli } from '../../helpers/run-cli.js';

const [A, B, C, D] = [
  'https://a.example',
  'https://b.example',
  'https://c.example',
  'https://d.example',
];
const platform = (text: string): ParsedSettings => ({
  platformUrl: { value: text as BaseUrl, text },
});

describe('the effective value', () => {
  const ofEnvironment = { HPC_DESK_PLATFORM_URL: B };
  it.each<[Partial<SettingSources>, string, SettingSource]>([
    [
      { options: platform(A), environment: ofEnvironment, profile: platform(C), file: platform(D) },
      A,
      'option',
    ],
    [{ environment: ofEnvironment, profile: platform(C), file: platform(D) }, B, 'env'],
    [
      { environment: { HPC_DESK_PLATFORM_URL: '' }, profile: platform(C), file: platform(D) },
      C,
      'profile',
    ],
    [{ profile: platform(C), file: platform(D) }, C, 'profile'],
    [{ file: platform(D) }, D, 'settings'],
    [{}, 'https://www.scnet.cn', 'default'],
  ])('of %j is %s, from %s', (sources, text, source) => {
    const found = resolveSetting('platformUrl', { options: {}, environment: {}, ...sources });
    expect(found).toEqual({ value: text, text, source });
  });

  it('is undefined if nothing is set and there is no default', () => {
    expect(resolveSetting('via', { options: {}, environment: {} })).toEqual({
      value: undefined,
      text: undefined,
      source: 'unset',
    });
  });

  it('has the type of its setting, whatever the source', () => {
    const environment = { HPC_DESK_VIA: 'me@login.example:22' };
    const options = readOptionSettings({
      text: (long) => (long === '--timeout' ? '2m' : undefined),
    });
    const sources = { options, environment };
    const node = { user: 'me', host: 'login.example', port: 22 };
    expect(resolveSetting('via', sources).value).toEqual(node);
    expect(resolveSetting('timeout', sources).value).toBe(120_000);
    expect(resolveSetting('sweepHour', sources).value).toBe(1);
    expect(resolveSetting('notify', sources).value).toBe(false);
  });
});

it.each([
  [
    'option',
    '--via',
    () => readOptionSettings({ text: (long) => (long === '--via' ? '-x' : undefined) }),
  ],
  [
    'variable',
    'HPC_DESK_VIA',
    () => resolveSetting('via', { options: {}, environment: { HPC_DESK_VIA: '-x' } }),
  ],
])('an invalid value is reported with the name of its %s', (_, name, resolve) => {
  const error = errorFrom(resolve);
  expect([error.code, error.details]).toEqual([
    'usage.invalidValue',
    { name, value: '-x', expected: '[USER@]HOST[:PORT]' },
  ]);
});

describe('in a whole run', () => {
  const get = (line: string, environment = {}) => runCli(`config get ${line}`, { environment });

  it('the option wins over the variable, and the variable over the default', async () => {
    const environment = { HPC_DESK_PROFILE: 'of-env' };
    expect((await get('profile --profile of-option', environment)).stdout).toBe('of-option\n');
    expect((await get('profile', environment)).stdout).toBe('of-env\n');
    expect((await get('profile')).stdout).toBe('default\n');
  });

  it('an invalid variable is a usage error', async () => {
    const { exitCode, stderr } = await get('profile', { HPC_DESK_PROFILE: '../x' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('HPC_DESK_PROFILE');
  });
});
