import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isClearText } from '../../model/base-url.js';
import { readTokenClaims, type Token } from '../../model/token.js';
import type { Accounts } from '../accounts.js';
import { ACCOUNT_ENDPOINTS, AUTH_ENDPOINTS } from './account-endpoints.js';
import {
  chooseRenewedToken,
  toAccessKeyHeaders,
  toClusterFacts,
  toClusterTokens,
  toPasswordHeaders,
} from './account-mapping.js';
import { type ClientOptions, createClient } from './client.js';
import { joinServiceUrl } from './endpoint.js';
import type { FailedExchange } from './send-request.js';

const MIN_OFFSET_MS = 60_000;
const MAX_OFFSET_MS = 24 * 3_600_000;

/** What the platform says of a user or a key that it does not know, or of another user's: no clock is to blame. */
const WRONG_IDENTITY = /不存在|非本人|not exist/i;
/** The code of a signature that does not fit is not recorded, only the words are. */
const WRONG_SIGNATURE = /签名|时间戳|signature|timestamp/i;

export interface AccountsOptions extends Omit<ClientOptions, 'baseUrls'> {
  /** Where log-ins by access key go. */
  readonly authUrl: BaseUrl;
  /** Where everything else goes, with or without `/ac`. */
  readonly platformUrl: BaseUrl;
  /**
   * Told when a log-in succeeded only after the time was corrected.
   *
   * @param offsetMs - How far our clock is behind the platform's, in milliseconds; negative when it is ahead.
   */
  readonly onClockSkew: (offsetMs: number) => void;
}

/**
 * The platform's accounts over its REST API; nothing is sent until a method is called.
 *
 * @throws usage.invalidValue when a proxy variable cannot be understood.
 */
export function createAccounts(options: AccountsOptions): Accounts {
  const { authUrl, platformUrl, now, onClockSkew } = options;
  const auth = createClient(AUTH_ENDPOINTS, { ...options, baseUrls: [authUrl] });
  const platform = createClient(ACCOUNT_ENDPOINTS, {
    ...options,
    baseUrls: [joinServiceUrl(platformUrl, 'ac')],
  });

  return {
    async logInWithAccessKey(credentials) {
      options.keepSecret?.(credentials.secretKey);
      const logInAt = (at: Date) =>
        auth.tryOnce('logInWithAccessKey', toAccessKeyHeaders(credentials, at));
      const first = await logInAt(now());
      if (first.isSuccess) return toClusterTokens(first.data);
      const offsetMs = findClockSkewMs(first, authUrl);
      if (offsetMs === undefined) throw first.error;
      const second = await logInAt(new Date(now().getTime() + offsetMs));
      if (!second.isSuccess) throw second.error;
      onClockSkew(offsetMs);
      return toClusterTokens(second.data);
    },
    async logInWithPassword(credentials) {
      const headers = toPasswordHeaders(credentials);
      return toClusterTokens(await platform.call('logInWithPassword', headers));
    },
    describeCluster: async (token) =>
      toClusterFacts(await platform.call('readCenter', { token }), platformUrl),
    async renewToken(token) {
      try {
        return chooseRenewedToken(await platform.call('renewToken', { token }), token);
      } catch (error) {
        throw isRefusal(error) ? toExpired(error, token, now()) : error;
      }
    },
    async isTokenAccepted(token) {
      try {
        await platform.call('checkToken', { token });
        return true;
      } catch (error) {
        if (isRefusal(error)) return false;
        throw error;
      }
    },
    async close() {
      await Promise.all([auth.close(), platform.close()]);
    },
  };
}

/** Whether the platform said no to the token; that it is faulty or was asked too often says nothing of it. */
function isRefusal(error: unknown): error is DeskError {
  return (
    isDeskError(error) &&
    (error.family === 'auth' || /^platform\.(refused|forbidden)$/.test(error.code))
  );
}

/** The page of a renewal has no table of codes: whatever says "no" there says that a new log-in is needed. */
function toExpired(refusal: DeskError, token: Token, now: Date): DeskError {
  const { expiresAt } = readTokenClaims(token);
  const isOver = expiresAt !== undefined && expiresAt <= now;
  const details = { expiredAt: isOver ? expiresAt.toISOString() : undefined };
  const { platform } = refusal;
  return new DeskError('auth.expired', details, {
    cause: refusal,
    ...(platform && { platform }),
  });
}

/**
 * Finds by how many milliseconds our clock is behind when that may be why a log-in by access key failed. The server's
 * own clock is believed only where nobody in between could have changed what it shows.
 */
export function findClockSkewMs(
  { error: { platform }, clockOffsetMs }: Pick<FailedExchange, 'error' | 'clockOffsetMs'>,
  authUrl: BaseUrl,
): number | undefined {
  if (platform === undefined || clockOffsetMs === undefined || isClearText(authUrl))
    return undefined;
  const { code, msg } = platform;
  const isAboutSignature =
    !WRONG_IDENTITY.test(msg) && (code === '10009' || WRONG_SIGNATURE.test(msg));
  const distanceMs = Math.abs(clockOffsetMs);
  const isPlausible = distanceMs > MIN_OFFSET_MS && distanceMs <= MAX_OFFSET_MS;
  return isAboutSignature && isPlausible ? clockOffsetMs : undefined;
}
