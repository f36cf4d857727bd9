import type { BaseUrl } from './base-url.js';
import { readTokenClaims, type Token } from './token.js';

/** A login in the credentials file, one per profile. */
export interface StoredLogin {
  readonly token: Token;
  /** Where the token is sent; `otherApiUrls` are fallbacks when it is unreachable. */
  readonly apiUrl: BaseUrl;
  readonly otherApiUrls: readonly BaseUrl[];
  /**
   * Where the token may be renewed and checked. Undefined for a token given together with an API URL: it is sent to that
   * URL only.
   */
  readonly platformUrl: BaseUrl | undefined;
  /** `--allow-http`: plain HTTP was accepted for these URLs. */
  readonly allowsHttp: boolean;
  readonly user: string;
  readonly clusterUser: string;
  readonly cluster: { readonly id: string; readonly name: string };
  readonly accountStatus: string;
  /** ISO 8601 in UTC; empty if unknown. */
  readonly expiresAt: string;
  /** Platform time minus local time when the token was issued, in milliseconds. */
  readonly clockOffsetMs: number;
  /** All clusters of the account, from the login response; empty after a login with a token. */
  readonly clusters: readonly StoredCluster[];
  /** Only with `--remember`: for a new login when the token can no longer be renewed. */
  readonly accessKey: StoredAccessKey | undefined;
}

/** A cluster in the response of a login. */
export interface StoredCluster {
  readonly id: string;
  readonly name: string;
  /** Undefined: the cluster is disabled for the account. */
  readonly token: Token | undefined;
}

export interface StoredAccessKey {
  readonly authUrl: BaseUrl;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Converts local time to the platform's time, which `expiresAt` refers to. */
export function toServerTime(
  now: Date,
  { clockOffsetMs }: Pick<StoredLogin, 'clockOffsetMs'>,
): Date {
  return new Date(now.getTime() + clockOffsetMs);
}

/** The login used by this run, and its origin. */
export interface CurrentLogin extends StoredLogin {
  readonly profile: string;
  readonly tokenSource: 'file' | 'env';
}

/** A login from a token alone; its unverified claims fill the fields, for display. */
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
