import type { Account } from './account.js';
import type { Claims, TokenIssuer } from './tokens.js';

/** The usable cluster of a sandbox. */
export const CLUSTER = { id: '11250', name: '沙盒一区【本机】' };
/** A second usable cluster with the same desktops, for `usableClusters: 2`. */
const SECOND_CLUSTER = { id: '11251', name: '沙盒三区【本机】' };

export type Cluster = Readonly<typeof CLUSTER>;

/**
 * The data of a login response (API page `get-user-tokens-aksk`): the platform's own entry, the usable clusters, and a
 * disabled one.
 */
export function issueClusterTokens(tokens: TokenIssuer, account: Account, usableClusters: 1 | 2) {
  const usable = [CLUSTER, SECOND_CLUSTER].slice(0, usableClusters);
  // As in the documented sample, `clusterId` is another cluster's, not 0; clients must use the list instead.
  const platformToken = issueToken(tokens, account, '11125', 'root');
  return [
    { clusterId: '0', clusterName: 'ac', token: platformToken },
    ...usable.map(({ id, name }) => ({
      clusterId: id,
      clusterName: name,
      token: issueToken(tokens, account, id),
    })),
    { clusterId: '20091', clusterName: '沙盒二区【停用】', token: null },
  ];
}

export function issueToken(
  tokens: TokenIssuer,
  { user, userId, clusterUser }: Account,
  clusterId: string,
  computeUser = clusterUser,
): string {
  const person = { computeUser, user, userId, accountStatus: 'Normal' };
  return tokens.issue({ ...person, role: '1', creator: 'ac', clusterId });
}

/** The cluster that a token is for. */
export function clusterOf({ clusterId }: Pick<Claims, 'clusterId'>): Cluster {
  return clusterId === SECOND_CLUSTER.id ? SECOND_CLUSTER : CLUSTER;
}
