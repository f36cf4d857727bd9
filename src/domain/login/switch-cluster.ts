import { DeskError } from '../../errors/desk-error.js';
import type { StoredLogin } from '../../model/login.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts } from '../../platform/accounts.js';
import { chooseCluster } from './choose-cluster.js';
import { logIn } from './log-in.js';
import { judgeToken, renewLogin } from './renew-login.js';

/**
 * The same account in another of its clusters. Only the token of the current cluster is renewed on the way, so that of
 * another may be over by now: it is renewed first.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled; as `renewLogin`
 */
export async function switchCluster(
  login: StoredLogin,
  clusterSelector: string,
  accounts: Accounts,
  now: Date,
): Promise<StoredLogin> {
  const { platformUrl, allowsHttp, user, accessKey, clusters } = login;
  const choices = clusters.map((entry) => ({ ...entry, isUsable: entry.token !== undefined }));
  const { id, name, token } = chooseCluster(choices, clusterSelector);
  // Without a platform nobody can say where a cluster is.
  if (platformUrl === undefined)
    throw new DeskError('cluster.notFound', { selector: clusterSelector });
  const there = loginOf(login, { id, name }, token as Token);
  const isGood = judgeToken(there.expiresAt, now) === 'good';
  const alive = isGood ? there : await renewLogin(there, accounts, now);
  return logIn(alive.clusters, {
    ...{ accounts, platformUrl, allowsHttp, user, accessKey },
    clusterSelector: id,
    pickCluster: undefined,
  });
}

function loginOf(login: StoredLogin, cluster: StoredLogin['cluster'], token: Token): StoredLogin {
  const expiresAt = readTokenClaims(token).expiresAt?.toISOString() ?? '';
  return { ...login, cluster, token, expiresAt };
}
