import type { Account } from './account.js';
import type { Claims, TokenIssuer } from './tokens.js';

export interface Cluster {
  readonly id: string;
  readonly name: string;
}

/** The cluster of a sandbox that can be used. */
export const CLUSTER: Cluster = { id: '11250', name: '沙盒一区【本机】' };
/** Another way to the same desktops, where two usable clusters are asked for. */
const SECOND_CLUSTER: Cluster = { id: '11251', name: '沙盒三区【本机】' };

/** One entry of a log-in's answer (API page `get-user-tokens-aksk`). */
export interface ClusterToken {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly token: string | null;
}

/** What a log-in answers: the platform's own entry, the usable clusters, and one where the account is disabled. */
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
  // The documented sample carries another cluster's id here, not 0; a client must trust the list instead.
  return tokens.issue({ computeUser: 'root', ...commonClaims(account), clusterId: '11125' });
}

function commonClaims({ user, userId }: Account) {
  return { user, userId, accountStatus: 'Normal', role: '1', creator: 'ac' };
}
