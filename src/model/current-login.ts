import type { BaseUrl } from './base-url.js';
import type { StoredLogin } from './stored-login.js';
import { readTokenClaims, type Token } from './token.js';

/** The login that this run uses, and where it came from. */
export interface CurrentLogin extends StoredLogin {
  readonly profile: string;
  readonly tokenSource: 'file' | 'env';
}

/** A login made of nothing but a token: what it says of itself fills the fields, as a hint for the user. */
export function describeToken(
  token: Token,
  apiUrl: BaseUrl,
  platformUrl: BaseUrl | undefined,
  allowsHttp = false,
): StoredLogin {
  const claims = readTokenClaims(token);
  return {
    token,
    apiUrl,
    otherApiUrls: [],
    platformUrl,
    allowsHttp,
    user: claims.user ?? '',
    clusterUser: claims.clusterUser ?? '',
    cluster: { id: claims.clusterId ?? '', name: '' },
    accountStatus: claims.accountStatus ?? '',
    expiresAt: claims.expiresAt?.toISOString() ?? '',
    clockOffsetMs: 0,
    clusters: [],
    accessKey: undefined,
  };
}
