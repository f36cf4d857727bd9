import { isDeskError } from '../../errors/desk-error.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Platform } from '../../platform/platform.js';
import { endOfDead, judgeToken } from './renew-login.js';

export interface Renewal {
  readonly login: CurrentLogin;
  now(): Date;
  /** Called before each request to the platform. */
  onCall(): void;
  open(login: CurrentLogin): Platform;
  /** Returns a login with a valid token. @throws auth.expired, auth.rejected, platform.*, network.* */
  renew(dead: CurrentLogin): Promise<CurrentLogin>;
}

/** A platform that renews its token: before a call near the expiry, and once after a refusal. */
export function createRenewingPlatform({ login, now, onCall, open, renew }: Renewal): Platform {
  let current = login;
  let platform = open(login);
  const closing: Promise<void>[] = [];

  async function renewToken(): Promise<void> {
    current = await renew(current);
    closing.push(platform.close());
    platform = open(current);
  }

  async function renewBeforeUse(): Promise<void> {
    // Without a way to renew it, let the platform decide whether it has expired: the local clock may be wrong.
    const canRenew = current.platformUrl !== undefined;
    if (!canRenew || judgeToken(current.expiresAt, now()) === 'good') return;
    try {
      await renewToken();
    } catch (error) {
      // A token that has not expired can still be used.
      if (endOfDead(current.expiresAt, now()) !== undefined) throw error;
    }
  }

  function renewing<Values extends readonly unknown[], Result>(
    method: (api: Platform) => (...values: Values) => Promise<Result>,
  ) {
    return async (...values: Values): Promise<Result> => {
      onCall();
      await renewBeforeUse();
      try {
        return await method(platform)(...values);
      } catch (error) {
        // Without a way to renew, report the refusal itself.
        if (!isTokenRefused(error) || current.platformUrl === undefined) throw error;
        await renewToken();
        return method(platform)(...values);
      }
    };
  }

  return {
    get origin() {
      return platform.origin;
    },
    now,
    nextSweepAt: () => platform.nextSweepAt(),
    createSession: renewing((api) => api.createSession),
    listSessions: renewing((api) => api.listSessions),
    deleteSession: renewing((api) => api.deleteSession),
    readLaunchUrl: renewing((api) => api.readLaunchUrl),
    readSchedulers: renewing((api) => api.readSchedulers),
    async close() {
      await Promise.all([...closing, platform.close()]);
    },
  };
}

/** Whether a new token may help: 10008 and 403 mean an expired token or a missing permission (API error codes). */
export function isTokenRefused(error: unknown): boolean {
  return (
    isDeskError(error, 'auth.expired') ||
    isDeskError(error, 'platform.forbidden') ||
    (isDeskError(error) && error.platform?.code === '10008')
  );
}

/**
 * Whether a cluster accepts the token: requests its schedulers, or where that is not supported, its sessions.
 *
 * @throws errors that say nothing about the token: network.*, platform.fault, platform.busy, platform.rateLimited and
 * other refusals.
 */
export async function isAcceptedByCluster(
  platform: Pick<Platform, 'readSchedulers' | 'listSessions'>,
): Promise<boolean> {
  try {
    await platform.readSchedulers().catch((error: unknown) => {
      const isNotOffered =
        isDeskError(error, 'network.unusableAnswer') || isDeskError(error, 'platform.refused');
      if (!isNotOffered || isTokenRefused(error)) throw error;
      return platform.listSessions();
    });
    return true;
  } catch (error) {
    if (isTokenRefused(error)) return false;
    throw error;
  }
}
