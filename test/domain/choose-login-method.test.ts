import { describe, expect, it } from 'vitest';
import { chooseLoginMethod, type LoginInput } from '../../src/domain/choose-login-method.js';
import { errorFrom } from '../helpers/error-from.js';

const NOTHING: LoginInput = {
  readsToken: false,
  user: undefined,
  accessKey: undefined,
  readsSecretKey: false,
  orgId: undefined,
  readsPassword: false,
};
const ALONE = { mayAsk: false, hasEnvironmentToken: false, hasApiUrl: false };
const user = 'me';

describe('the way to log in', () => {
  it.each<[string, Partial<LoginInput>, Partial<typeof ALONE>, string | undefined]>([
    ['--token-stdin', { readsToken: true }, {}, 'token'],
    ['--access-key', { user, accessKey: 'AK' }, {}, 'accessKey'],
    ['--secret-key-stdin alone', { readsSecretKey: true }, {}, 'accessKey'],
    ['both of a key', { user, accessKey: 'AK', readsSecretKey: true }, {}, 'accessKey'],
    ['--org-id', { user, orgId: '7' }, {}, 'password'],
    ['--password-stdin alone', { readsPassword: true }, {}, 'password'],
    ['a token in the environment', {}, { hasEnvironmentToken: true }, 'token'],
    ['an API URL of this run', {}, { hasApiUrl: true }, 'token'],
    ['an API URL, also where it could ask', {}, { hasApiUrl: true, mayAsk: true }, 'token'],
    [
      'a key, in spite of a token in the environment',
      { accessKey: 'AK' },
      { hasEnvironmentToken: true, hasApiUrl: true },
      'accessKey',
    ],
    ['nothing: it asks', {}, { mayAsk: true }, undefined],
    ['a user alone: it asks', { user }, { mayAsk: true, hasApiUrl: true }, undefined],
  ])('is told by %s', (_, input, situation, method) => {
    expect(chooseLoginMethod({ ...NOTHING, ...input }, { ...ALONE, ...situation })).toBe(method);
  });

  it.each<[string, Partial<LoginInput>]>([
    ['nothing', {}],
    ['a user alone', { user }],
  ])('needs input where nobody can be asked, with %s', (_, input) => {
    const error = errorFrom(() => chooseLoginMethod({ ...NOTHING, ...input }, ALONE));
    expect(error).toMatchObject({
      code: 'usage.needsInput',
      exitCode: 2,
      details: { what: 'credentials', example: expect.stringMatching(/^hpc-desk login /) },
    });
  });

  it.each<[Partial<LoginInput>, string, string]>([
    [{ readsToken: true, accessKey: 'AK' }, '--token-stdin', '--access-key'],
    [{ readsToken: true, readsPassword: true }, '--token-stdin', '--org-id'],
    [{ readsSecretKey: true, readsPassword: true }, '--access-key', '--org-id'],
    [{ accessKey: 'AK', orgId: '7' }, '--access-key', '--org-id'],
  ])('is only one: %j', (input, first, second) => {
    const error = errorFrom(() => chooseLoginMethod({ ...NOTHING, ...input }, ALONE));
    expect(error).toMatchObject({ code: 'usage.conflict', details: { first, second } });
  });
});
