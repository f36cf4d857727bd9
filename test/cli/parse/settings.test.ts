import { describe, expect, it } from 'vitest';
import { resolveSetting, type SettingSources } from '../../../src/cli/parse/settings.js';
import { errorFrom } from '../../helpers/error-from.js';
import { runCli } from '../../helpers/run-cli.js';

const NOTHING: SettingSources = {
  option: undefined,
  environment: {},
  profile: undefined,
  file: undefined,
};
const [A, B, C, D] = [
  'https://a.example',
  'https://b.example',
  'https://c.example',
  'https://d.example',
];

describe('the value that counts', () => {
  it.each([
    [{ option: A, environment: { HPC_DESK_PLATFORM_URL: B }, profile: C, file: D }, A, 'option'],
    [{ environment: { HPC_DESK_PLATFORM_URL: B }, profile: C, file: D }, B, 'env'],
    [{ environment: { HPC_DESK_PLATFORM_URL: '' }, profile: C, file: D }, C, 'profile'],
    [{ profile: C, file: D }, C, 'profile'],
    [{ file: D }, D, 'settings'],
    [{}, 'https://www.scnet.cn', 'default'],
  ])('of %j is %s, from %s', (sources, value, source) => {
    expect(resolveSetting('platformUrl', { ...NOTHING, ...sources })).toEqual({ value, source });
  });

  it('is none where nothing is set and there is no default', () => {
    expect(resolveSetting('via', NOTHING)).toEqual({ value: undefined, source: 'unset' });
  });
});

it.each([
  ['option', { option: '-x' }, '--via'],
  ['variable', { environment: { HPC_DESK_VIA: '-x' } }, 'HPC_DESK_VIA'],
  ['file', { file: '-x' }, 'via'],
])('a value that cannot work names its %s', (_, sources, name) => {
  const error = errorFrom(() => resolveSetting('via', { ...NOTHING, ...sources }));
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

  it('a variable that cannot work is an error of usage', async () => {
    const { exitCode, stderr } = await get('profile', { HPC_DESK_PROFILE: '../x' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('HPC_DESK_PROFILE');
  });
});
