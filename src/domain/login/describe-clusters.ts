import type { StoredLogin } from '../../model/stored-login.js';
import { readTokenClaims } from '../../model/token.js';

export interface ClusterView {
  readonly id: string;
  readonly name: string;
  /** Whether the account has a token for it. */
  readonly usable: boolean;
  readonly current: boolean;
  /** As the cluster's token says; empty when it does not. */
  readonly accountStatus: string;
}

/** The clusters of a login; one by token alone knows no other than its own. */
export function describeClusters({
  cluster,
  clusters,
  token,
}: StoredLogin): readonly ClusterView[] {
  const known = clusters.length > 0 ? clusters : [{ ...cluster, token }];
  return known.map(({ id, name, token }) => ({
    id,
    name,
    usable: token !== undefined,
    current: id === cluster.id,
    accountStatus: (token && readTokenClaims(token).accountStatus) ?? '',
  }));
}
