import type { BaseUrl } from './base-url.js';
import type { Token } from './token.js';

/** A login as it stands in the credentials file, one for each profile. */
export interface StoredLogin {
  readonly token: Token;
  /** The only place that this token is sent to. */
  readonly apiUrl: BaseUrl;
  readonly platformUrl: BaseUrl;
  readonly user: string;
  readonly clusterUser: string;
  readonly cluster: { readonly id: string; readonly name: string };
  readonly accountStatus: string;
  /** ISO 8601 in UTC; empty when the token does not say. */
  readonly expiresAt: string;
}
