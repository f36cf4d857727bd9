import { describe, expect, it } from 'vitest';
import {
  checkToken,
  type LoginSources,
  refuseClearText,
  resolveLogin,
} from '../../../src/domain/login/resolve-login.js';
import type { BaseUrl } from '../../../src/model/base-url.js';
import { describeToken, type StoredLogin } from '../../../src/model/login.js';
import type { Setting, SettingSource } from '../../../src/model/settings.js';
import type { Token } from '../../../src/model/token.js';
import { errorFrom } from '../../helpers/error-from.js';

const HOME = 'https://home.example:65051' as BaseUrl;
const AWAY = 'https://away.example:65051' as BaseUrl;
const STORED: StoredLogin = {
  ...describeToken('stored-token' as Token, HOME, 'https://www.example' as BaseUrl),
  user: 'me',
  clusterUser: 'me_1',
  cluster: { id: '1', name: 'east' },
};
const url = (text: string | undefined, source: SettingSource): Setting<'apiUrl'> => ({
  value: text as BaseUrl | undefined,
  text,
  source,
});
const platform = (text: string, source: SettingSource): Setting<'platformUrl'> => ({
  value: text as BaseUrl,
  text,
  source,
});
const UNSET = url(undefined, 'unset');

const resolve = (sources: Partial<LoginSources>) =>
  resolveLogin({
    profile: 'default',
    stored: undefined,
    profiles: [],
    environmentToken: undefined,
    apiUrl: UNSET,
    platformUrl: platform('https://www.scnet.cn', 'settings'),
    ...sources,
  });

describe('a stored token', () => {
  it.each([
    ['no API URL', UNSET],
    ['its own URL', url(HOME, 'option')],
    ['another path of its own origin', url(`${HOME}/hpc`, 'env')],
    ['another API URL in the settings', url(AWAY, 'settings')],
  ])('is sent to the URL that it was issued for, with %s', (_, apiUrl) => {
    expect(resolve({ stored: STORED, apiUrl })).toEqual({
      ...STORED,
      profile: 'default',
      tokenSource: 'file',
    });
  });

  it.each([
    ['another host', AWAY],
    ['another port', 'https://home.example:65052'],
    ['another scheme', 'http://home.example:65051'],
    ['a host name that starts with its own', 'https://home.example.evil.example:65051'],
    ['a parent domain', 'https://example:65051'],
  ])('is never sent to %s', (_, requested) => {
    for (const source of ['option', 'env'] as const) {
      const error = errorFrom(() => resolve({ stored: STORED, apiUrl: url(requested, source) }));
      expect([error.code, error.exitCode]).toEqual(['auth.otherOrigin', 4]);
      expect(error.details).toEqual({ issuedFor: HOME, requested });
    }
  });
});

describe('a token from HPC_DESK_TOKEN', () => {
  const environmentToken = 'env-token';

  it.each([
    ['the option', url(AWAY, 'option'), undefined, AWAY],
    ['the variable', url(AWAY, 'env'), undefined, AWAY],
    ['the option, despite a stored login', url(AWAY, 'option'), STORED, AWAY],
    ['the stored login', UNSET, STORED, HOME],
    ['the stored login, despite the settings', url(AWAY, 'settings'), STORED, HOME],
    ['the settings', url(AWAY, 'settings'), undefined, AWAY],
  ])('is sent to the URL of %s', (_, apiUrl, stored, target) => {
    const login = resolve({ environmentToken, apiUrl, stored });
    expect([login.token, login.apiUrl, login.tokenSource]).toEqual([
      environmentToken,
      target,
      'env',
    ]);
  });

  it('takes only the API URL from a stored login', () => {
    const login = resolve({ environmentToken, stored: STORED });
    expect([login.user, login.clusterUser, login.cluster.id]).toEqual(['', '', '']);
  });

  it('is rejected without an API URL', () => {
    expect(errorFrom(() => resolve({ environmentToken })).code).toBe('auth.noApiUrl');
  });

  it('is not sent over http:, except to loopback or to a URL allowed at login', () => {
    const plain = 'http://home.example' as BaseUrl;
    const apiUrl = url(plain, 'env');
    expect(errorFrom(() => resolve({ environmentToken, apiUrl })).code).toBe('usage.plainHttp');
    const stored = { ...STORED, apiUrl: plain, allowsHttp: true };
    expect(resolve({ environmentToken, apiUrl, stored }).apiUrl).toBe(plain);
    const loopback = url('http://127.0.0.1:8080', 'env');
    expect(resolve({ environmentToken, apiUrl: loopback }).apiUrl).toBe('http://127.0.0.1:8080');
  });

  it.each(['a b', '  ', '令牌', 'a\nb'])('is rejected if it is malformed: %j', (bad) => {
    const error = errorFrom(() => resolve({ environmentToken: bad, apiUrl: url(AWAY, 'env') }));
    expect(error.code).toBe('usage.invalidToken');
    expect(JSON.stringify(error.details)).not.toContain(bad);
  });

  it('is treated as unset if it is empty', () => {
    expect(resolve({ environmentToken: '', stored: STORED }).tokenSource).toBe('file');
  });
});

it('reports the profile that is not logged in', () => {
  const error = errorFrom(() => resolve({ profile: 'work' }));
  expect([error.code, error.exitCode, error.details]).toEqual([
    'auth.required',
    4,
    { profile: 'work' },
  ]);
});

it.each([
  ['wrok', ['default', 'work'], 'work'],
  ['wrok', ['default'], undefined],
  ['default', ['defaults'], undefined],
])('for the unknown profile %j among %j it suggests %j', (profile, profiles, suggestion) => {
  const error = errorFrom(() => resolve({ profile, profiles }));
  expect(error.details).toEqual({ profile, suggestion });
});

it('strips whitespace and line endings around a token', () => {
  expect(checkToken(' token\r\n')).toBe('token');
});

it.each([
  ['https://home.example', undefined],
  ['http://127.0.0.1:1', undefined],
  ['http://localhost:1', undefined],
  ['http://[::1]:1', undefined],
  ['http://home.example', 'usage.plainHttp'],
  ['http://10.0.0.1', 'usage.plainHttp'],
])('refuseClearText for %s: %s', (target, code) => {
  const refuse = () => refuseClearText(target as BaseUrl);
  if (code === undefined) expect(refuse).not.toThrow();
  else expect(errorFrom(refuse).code).toBe(code);
});
