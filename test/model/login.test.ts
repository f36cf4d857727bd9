import { expect, it } from 'vitest';
import type { BaseUrl } from '../../src/model/base-url.js';
import { describeToken } from '../../src/model/login.js';
import type { Token } from '../../src/model/token.js';

it('uses empty strings for the claims that an opaque token lacks', () => {
  const [apiUrl, platformUrl] = ['https://api.example', 'https://www.example'] as BaseUrl[];
  const login = describeToken('opaque' as Token, apiUrl as BaseUrl, platformUrl as BaseUrl);
  expect(login).toEqual({
    token: 'opaque',
    apiUrl: 'https://api.example',
    otherApiUrls: [],
    platformUrl: 'https://www.example',
    allowsHttp: false,
    user: '',
    clusterUser: '',
    cluster: { id: '', name: '' },
    accountStatus: '',
    expiresAt: '',
    clockOffsetMs: 0,
    clusters: [],
    accessKey: undefined,
  });
});
