import type { Account } from './account.js';
import type { Claims, TokenIssuer } from './tokens.js';

export interface Cluster {
  readonly id: string;
  readonly name: string;
}

/** The usable cluster of a sandbox. */
export const CLUSTER: Cluster = { id: '11250', name: '沙盒一区【本机】' };
/** A second usable cluster with the same desktops, for `usableClusters: 2`. */
const SECOND_CLUSTER: Cluster = { id: '11251', name: '沙盒三区【本机】' };

/** An entry of the login response (API page `get-user-tokens-aksk`). */
export interface ClusterToken {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly token: string | null;
}

/** The data of a login response: the platform's own entry, the usable clusters, and a disabled one. */
export function issueClusterTokens(
  tokens: TokenIssuer,
  account: Account,
  usableClusters: 1 | 2,
): readonly ClusterToken[] {
  const usable = [CLUSTER, SECOND_CLUSTER].slice(0, usableClusters);
  return [
    { clusterId: '0', clusterName: 'ac', token: issuePlatformToken(tokens, account) },
    ...usable.map((cluster) => ({
      clusterId: cluster.id,
      clusterName: cluster.name,
      token: issueClusterToken(tokens, account, cluster),
    })),
    { clusterId: '20091', clusterName: '沙盒二区【停用】', token: null },
  ];
}

export function issueClusterToken(
  tokens: TokenIssuer,
  account: Account,
  { id }: Cluster = CLUSTER,
): string {
  return tokens.issue({
    computeUser: account.clusterUser,
    ...commonClaims(account),
    clusterId: id,
  });
}

/** The cluster that a token is for. */
export function clusterOf({ clusterId }: Pick<Claims, 'clusterId'>): Cluster {
  return clusterId === SECOND_CLUSTER.id ? SECOND_CLUSTER : CLUSTER;
}

function issuePlatformToken(tokens: TokenIssuer, account: Account): string {
  // As in the documented sample, `clusterId` is another cluster's, not 0; clients must use the list instead.
  return tokens.issue({ computeUser: 'root', ...commonClaims(account), clusterId: '11125' });
}

function commonClaims({ user, userId }: Account) {
  return { user, userId, accountStatus: 'Normal', role: '1', creator: 'ac' };
}
