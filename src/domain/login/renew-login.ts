import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { StoredLogin } from '../../model/login.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts } from '../../platform/accounts.js';
import { logIn } from './log-in.js';

const HOUR_MS = 3_600_000;
/** The platform renews a token for 24 h after its expiry (API page `renewal-token`). */
const RENEWAL_WINDOW_MS = 24 * HOUR_MS;
/** Longer than one command takes. */
const NEAR_MS = 5 * 60_000;

export type TokenState = 'good' | 'near' | 'renewable' | 'dead';

/** State of a token by its expiry; without an expiry it counts as good until refused. */
export function judgeToken(expiresAt: string, now: Date): TokenState {
  if (expiresAt === '') return 'good';
  const leftMs = new Date(expiresAt).getTime() - now.getTime();
  if (leftMs > NEAR_MS) return 'good';
  if (leftMs > 0) return 'near';
  return leftMs > -RENEWAL_WINDOW_MS ? 'renewable' : 'dead';
}

/** The expiry of an expired token; undefined otherwise, when a refusal has another cause. */
export function endOfDead(expiresAt: string, now: Date): string | undefined {
  return ['renewable', 'dead'].includes(judgeToken(expiresAt, now)) ? expiresAt : undefined;
}

/**
 * Renews the token of a login, or logs in again with the stored access key.
 *
 * @throws auth.expired when neither is possible; auth.rejected, platform.*, network.*
 */
export async function renewLogin(
  login: StoredLogin,
  accounts: Accounts,
  now: Date,
): Promise<StoredLogin> {
  const { accessKey, platformUrl, expiresAt, token } = login;
  // Without a key, let the platform decide: the local clock may be wrong.
  const canRenew = accessKey === undefined || judgeToken(expiresAt, now) !== 'dead';
  if (platformUrl !== undefined && canRenew) {
    try {
      const renewed = withToken(login, await accounts.renewToken(token));
      return { ...renewed, clockOffsetMs: accounts.clockOffsetMs() };
    } catch (error) {
      if (accessKey === undefined || !isDeskError(error, 'auth.expired')) throw error;
    }
  }
  if (accessKey === undefined || platformUrl === undefined) {
    throw new DeskError('auth.expired', { expiredAt: endOfDead(expiresAt, now) });
  }
  const { user, cluster, allowsHttp } = login;
  const tokens = await accounts.logInWithAccessKey({ user, ...accessKey });
  return logIn(tokens, {
    ...{ accounts, platformUrl, allowsHttp, user, accessKey },
    clusterSelector: cluster.id,
    pickCluster: undefined,
  });
}

function withToken(login: StoredLogin, token: Token): StoredLogin {
  const claims = readTokenClaims(token);
  return {
    ...login,
    token,
    accountStatus: claims.accountStatus ?? login.accountStatus,
    expiresAt: claims.expiresAt?.toISOString() ?? '',
    clusters: login.clusters.map((cluster) =>
      cluster.id === login.cluster.id ? { ...cluster, token } : cluster,
    ),
  };
}
