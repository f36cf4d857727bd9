import type { BaseUrl } from '../model/base-url.js';
import type { StoredCluster } from '../model/login.js';
import type { Token } from '../model/token.js';

export interface ClusterFacts {
  readonly id: string;
  readonly name: string;
  /** The user's Linux account on the cluster; empty when unknown. */
  readonly clusterUser: string;
  /** Enabled HPC service URLs, in the platform's order; empty for a cluster without desktops. */
  readonly apiUrls: readonly BaseUrl[];
}

export interface AccessKeyCredentials {
  readonly user: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

export interface PasswordCredentials {
  readonly user: string;
  readonly password: string;
  readonly orgId: string;
}

/** Login and tokens: account-level endpoints, as opposed to those of a cluster. */
export interface Accounts {
  /**
   * Gets tokens by access key (API page `get-user-tokens-aksk`), without the platform's own entry. Signs again with the
   * server's time if the response shows that the local clock is wrong.
   *
   * @throws usage.invalidValue for a value that cannot be sent; auth.rejected, platform.*, network.*
   */
  logInWithAccessKey(credentials: AccessKeyCredentials): Promise<readonly StoredCluster[]>;

  /** Gets tokens by password (API page `get-user-tokens`). @throws like `logInWithAccessKey` */
  logInWithPassword(credentials: PasswordCredentials): Promise<readonly StoredCluster[]>;

  /** Describes the cluster of a token (API page `get-center-info`). @throws auth.expired, platform.*, network.* */
  describeCluster(token: Token): Promise<ClusterFacts>;

  /**
   * Renews a token shortly before or after its expiry (API page `renewal-token`).
   *
   * @throws auth.expired when the platform refuses; platform.*, network.*
   */
  renewToken(token: Token): Promise<Token>;

  /** Checks a token (API page `get-token-state`). @throws platform.fault, .busy and .rateLimited, network.* */
  isTokenAccepted(token: Token): Promise<boolean>;

  /** Offset of the platform's clock from the local one in milliseconds, by the last response; 0 if below a minute. */
  clockOffsetMs(): number;

  close(): Promise<void>;
}
