import type { BaseUrl } from './base-url.js';
import { readTokenClaims, type Token } from './token.js';

/** A login as it stands in the credentials file, one for each profile. */
export interface StoredLogin {
  readonly token: Token;
  /** Where this token is sent; the cluster's other URLs follow when it cannot be reached. */
  readonly apiUrl: BaseUrl;
  readonly otherApiUrls: readonly BaseUrl[];
  /**
   * Where this token may be renewed and asked about; undefined when nobody said: a token that was given together with
   * an API URL goes there and nowhere else.
   */
  readonly platformUrl: BaseUrl | undefined;
  /** Whether plain http beyond this machine was accepted for these URLs: `--allow-http`. */
  readonly allowsHttp: boolean;
  readonly user: string;
  readonly clusterUser: string;
  readonly cluster: { readonly id: string; readonly name: string };
  readonly accountStatus: string;
  /** ISO 8601 in UTC; empty when the token does not say. */
  readonly expiresAt: string;
  /** How far the platform's clock was ahead of ours when it gave the token, in milliseconds; negative when behind. */
  readonly clockOffsetMs: number;
  /** Every cluster of the account as the log-in answered it, the current one too; empty after a log-in by token. */
  readonly clusters: readonly StoredCluster[];
  /** Only with `--remember`: what makes a fresh log-in possible when a token can no longer be renewed. */
  readonly accessKey: StoredAccessKey | undefined;
}

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

/** The platform's time at a moment of our clock: what `expiresAt` counts by. */
export function toServerTime(
  now: Date,
  { clockOffsetMs }: Pick<StoredLogin, 'clockOffsetMs'>,
): Date {
  return new Date(now.getTime() + clockOffsetMs);
}

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
