import { describe, expect, it } from 'vitest';
import {
  chooseLoginMethods,
  type LoginInput,
} from '../../../src/domain/login/choose-login-method.js';
import { errorFrom } from '../../helpers/error-from.js';

const NOTHING: LoginInput = {
  readsToken: false,
  user: undefined,
  accessKey: undefined,
  readsSecretKey: false,
  orgId: undefined,
  readsPassword: false,
  remembers: false,
  apiUrl: undefined,
};
const ALONE = { mayAsk: false, hasEnvironmentToken: false, hasApiUrl: false };
const user = 'me';

describe('the login method', () => {
  it.each<[string, Partial<LoginInput>, Partial<typeof ALONE>, string]>([
    ['--token-stdin', { readsToken: true }, {}, 'token'],
    ['--access-key', { user, accessKey: 'AK' }, {}, 'accessKey'],
    ['--secret-key-stdin alone', { readsSecretKey: true }, {}, 'accessKey'],
    ['both options of a key', { user, accessKey: 'AK', readsSecretKey: true }, {}, 'accessKey'],
    ['--org-id', { user, orgId: '7' }, {}, 'password'],
    ['--password-stdin alone', { readsPassword: true }, {}, 'password'],
    ['a token in the environment', {}, { hasEnvironmentToken: true }, 'token'],
    ['a configured API URL', {}, { hasApiUrl: true }, 'token'],
    ['a configured API URL, despite mayAsk', {}, { hasApiUrl: true, mayAsk: true }, 'token'],
    [
      '--access-key, despite a token in the environment',
      { accessKey: 'AK' },
      { hasEnvironmentToken: true, hasApiUrl: true },
      'accessKey',
    ],
    ['--api-url', { apiUrl: 'https://x' }, { mayAsk: true }, 'token'],
    ['--remember alone', { remembers: true }, { mayAsk: true }, 'accessKey'],
    [
      '--remember, despite a token in the environment',
      { remembers: true },
      { hasEnvironmentToken: true },
      'accessKey',
    ],
    ['a prompt for all methods without options', {}, { mayAsk: true }, 'accessKey password token'],
    [
      'a prompt for the methods that need a user with --user alone',
      { user },
      { mayAsk: true, hasApiUrl: true, hasEnvironmentToken: true },
      'accessKey password',
    ],
  ])('is chosen by %s', (_, input, situation, method) => {
    const methods = chooseLoginMethods({ ...NOTHING, ...input }, { ...ALONE, ...situation });
    expect(methods.join(' ')).toBe(method);
  });

  it.each<[string, Partial<LoginInput>]>([
    ['no options', {}],
    ['--user alone', { user }],
  ])('needs input if prompts are not allowed, with %s', (_, input) => {
    const error = errorFrom(() => chooseLoginMethods({ ...NOTHING, ...input }, ALONE));
    expect(error).toMatchObject({
      code: 'usage.needsInput',
      exitCode: 2,
      details: { what: 'credentials', example: expect.stringMatching(/^hpc-desk login /) },
    });
  });

  it.each<[Partial<LoginInput>, string, string]>([
    [{ readsToken: true, accessKey: 'AK' }, '--token-stdin', '--access-key'],
    [{ readsToken: true, readsPassword: true }, '--token-stdin', '--password-stdin'],
    [{ readsSecretKey: true, readsPassword: true }, '--secret-key-stdin', '--password-stdin'],
    [{ accessKey: 'AK', orgId: '7' }, '--access-key', '--org-id'],
    [{ readsToken: true, user }, '--token-stdin', '--user'],
    [{ readsToken: true, remembers: true }, '--token-stdin', '--remember'],
    [{ remembers: true, readsPassword: true, user }, '--remember', '--password-stdin'],
    [{ accessKey: 'AK', user, apiUrl: 'https://x' }, '--access-key', '--api-url'],
    [{ user, apiUrl: 'https://x' }, '--user', '--api-url'],
  ])('is rejected if options conflict: %j', (input, first, second) => {
    const error = errorFrom(() => chooseLoginMethods({ ...NOTHING, ...input }, ALONE));
    expect(error).toMatchObject({ code: 'usage.conflict', details: { first, second } });
  });
});
