import type { BaseUrl } from '../model/base-url.js';
import type { Token } from '../model/token.js';

/** One cluster of an account as a log-in answers it; without a token the cluster is disabled for the account. */
export interface ClusterToken {
  readonly id: string;
  readonly name: string;
  readonly token: Token | undefined;
}

/** What a cluster says of itself. */
export interface ClusterFacts {
  readonly id: string;
  readonly name: string;
  /** The Linux user of the cluster; empty when the platform does not say. */
  readonly clusterUser: string;
  /** The enabled HPC service URLs, in the platform's order; empty for a cluster without desktops. */
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

/** Logging in and tokens: the platform's own endpoints, apart from those of a cluster. */
export interface Accounts {
  /**
   * Tokens by access key (API page `get-user-tokens-aksk`), the platform's own entry left out. Where
   * the clock of this machine is wrong, it is signed again with the time that the answer shows.
   *
   * @throws usage.invalidValue for what cannot be sent; auth.rejected, platform.*, network.*
   */
  logInWithAccessKey(credentials: AccessKeyCredentials): Promise<readonly ClusterToken[]>;

  /** Tokens by password (API page `get-user-tokens`). @throws as `logInWithAccessKey` */
  logInWithPassword(credentials: PasswordCredentials): Promise<readonly ClusterToken[]>;

  /** The cluster that a token belongs to (API page `get-center-info`). @throws auth.expired, platform.*, network.* */
  describeCluster(token: Token): Promise<ClusterFacts>;

  /**
   * A fresh token for one that is near its end or was just over it (API page `renewal-token`).
   *
   * @throws auth.expired when the platform no longer renews it; platform.*, network.*
   */
  renewToken(token: Token): Promise<Token>;

  /** Whether the platform accepts a token now (API page `get-token-state`). @throws platform.fault, busy ones, network.* */
  isTokenAccepted(token: Token): Promise<boolean>;

  /** How far the platform's clock is ahead of ours by its last answer, in milliseconds; 0 within a minute. */
  clockOffsetMs(): number;

  /** Closes idle connections; whoever made it closes it. */
  close(): Promise<void>;
}
