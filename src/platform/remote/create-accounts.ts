import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import { joinServiceUrl } from '../../model/base-url.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts } from '../accounts.js';
import { ACCOUNT_ENDPOINTS as ENDPOINTS } from './account-endpoints.js';
import {
  chooseRenewedToken,
  toAccessKeyHeaders,
  toClusterFacts,
  toPasswordHeaders,
} from './account-mapping.js';
import { type ClientOptions, createClient } from './client.js';

/** Messages for an unknown user or key, or a key of another user: not a matter of the clock. */
const WRONG_IDENTITY = /不存在|非本人|not exist/i;
/** The code of an invalid signature is undocumented; matches the message. */
const WRONG_SIGNATURE = /签名|时间戳|signature|timestamp/i;

export interface AccountsOptions extends Omit<ClientOptions, 'baseUrls'> {
  /** Host of logins by access key. */
  readonly authUrl: BaseUrl;
  /** Host of all other endpoints, with or without `/ac`. */
  readonly platformUrl: BaseUrl;
}

/** The platform's accounts over its REST API. @throws usage.invalidValue for an invalid proxy variable. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { authUrl, platformUrl, serverClock } = options;
  const auth = createClient({ ...options, baseUrls: [authUrl] });
  const platform = createClient({
    ...options,
    baseUrls: [joinServiceUrl(platformUrl, 'ac')],
  });

  return {
    async logInWithAccessKey(credentials) {
      options.keepSecret?.(credentials.secretKey);
      const logInAt = (at: Date) =>
        auth.call(ENDPOINTS.logInWithAccessKey, toAccessKeyHeaders(credentials, at));
      const offsetMs = serverClock.offsetMs();
      try {
        return await logInAt(serverClock.now());
      } catch (error) {
        // The failed response may have corrected the clock.
        const isSameTime = serverClock.offsetMs() === offsetMs;
        if (isSameTime || !mayBeSignature(error)) throw error;
        return await logInAt(serverClock.now());
      }
    },
    logInWithPassword: async (credentials) =>
      platform.call(ENDPOINTS.logInWithPassword, toPasswordHeaders(credentials)),
    describeCluster: async (token) =>
      toClusterFacts(await platform.call(ENDPOINTS.readCenter, { token }), platformUrl),
    async renewToken(token) {
      try {
        return chooseRenewedToken(await platform.call(ENDPOINTS.renewToken, { token }), token);
      } catch (error) {
        throw isRefusal(error) ? toExpired(error, token, serverClock.now()) : error;
      }
    },
    async isTokenAccepted(token) {
      try {
        await platform.call(ENDPOINTS.checkToken, { token });
        return true;
      } catch (error) {
        if (isRefusal(error)) return false;
        throw error;
      }
    },
    clockOffsetMs: serverClock.offsetMs,
    async close() {
      await Promise.all([auth.close(), platform.close()]);
    },
  };
}

/** Whether the platform rejected the token, as opposed to a fault or rate limit. */
function isRefusal(error: unknown): error is DeskError {
  return (
    isDeskError(error) &&
    (error.family === 'auth' || /^platform\.(refused|forbidden)$/.test(error.code))
  );
}

/** The renewal page documents no codes; any refusal means that a new login is needed. */
function toExpired(refusal: DeskError, token: Token, now: Date): DeskError {
  const { expiresAt } = readTokenClaims(token);
  const isOver = expiresAt !== undefined && expiresAt <= now;
  const details = { expiredAt: isOver ? expiresAt.toISOString() : undefined };
  return new DeskError('auth.expired', details, { cause: refusal, platform: refusal.platform });
}

/** Whether a login by access key may have failed for its signature, for example by a wrong clock. */
function mayBeSignature(error: unknown): boolean {
  if (!isDeskError(error) || error.platform === undefined) return false;
  const { code, msg } = error.platform;
  return !WRONG_IDENTITY.test(msg) && (code === '10009' || WRONG_SIGNATURE.test(msg));
}
