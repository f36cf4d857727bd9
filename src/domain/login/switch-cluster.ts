import { DeskError } from '../../errors/desk-error.js';
import type { StoredLogin } from '../../model/login.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts } from '../../platform/accounts.js';
import { chooseCluster } from './choose-cluster.js';
import { logIn } from './log-in.js';
import { judgeToken, renewLogin } from './renew-login.js';

/**
 * Switches a login to another cluster of the account and renews that cluster's token if needed: only the current one's
 * is renewed automatically.
 *
 * @throws cluster.notFound, cluster.ambiguous, cluster.disabled; like `renewLogin`
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
  // Without a platform the cluster's URLs cannot be looked up.
  if (platformUrl === undefined)
    throw new DeskError('cluster.notFound', { selector: clusterSelector });
  const target = loginOf(login, { id, name }, token as Token);
  const isGood = judgeToken(target.expiresAt, now) === 'good';
  const valid = isGood ? target : await renewLogin(target, accounts, now);
  return logIn(valid.clusters, {
    ...{ accounts, platformUrl, allowsHttp, user, accessKey },
    clusterSelector: id,
    pickCluster: undefined,
  });
}

function loginOf(login: StoredLogin, cluster: StoredLogin['cluster'], token: Token): StoredLogin {
  const expiresAt = readTokenClaims(token).expiresAt?.toISOString() ?? '';
  return { ...login, cluster, token, expiresAt };
}
