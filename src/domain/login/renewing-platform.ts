import { isDeskError } from '../../errors/desk-error.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Platform } from '../../platform/platform.js';
import { endOfDead, judgeToken } from './renew-login.js';

export interface Renewal {
  readonly login: CurrentLogin;
  /** The platform's time. */
  now(): Date;
  /** Called before each exchange with the platform. */
  onCall(): void;
  /** Opens the platform with a login. */
  open(login: CurrentLogin): Platform;
  /** Makes a login whose token lives. @throws auth.expired, auth.rejected, platform.*, network.* */
  renew(dead: CurrentLogin): Promise<CurrentLogin>;
}

/**
 * A platform that renews its token: before a call when its end is near or just over, or once after a call that the
 * platform refused for it. What is refused again after that is refused for another reason, and said so.
 */
export function createRenewingPlatform({ login, now, onCall, open, renew }: Renewal): Platform {
  let current = login;
  let platform = open(login);
  const closing: Promise<void>[] = [];

  async function useFreshToken(): Promise<void> {
    current = await renew(current);
    closing.push(platform.close());
    platform = open(current);
  }

  async function renewBeforeUse(): Promise<void> {
    // Where nobody can renew it, the platform says whether it is over: our clock may be wrong.
    if (current.platformUrl === undefined || !needsRenewal()) return;
    try {
      await useFreshToken();
    } catch (error) {
      // Until its end the old token is as good as any; the answer has shown the platform's time.
      if (endOfDead(current.expiresAt, now()) !== undefined) throw error;
    }
  }

  function needsRenewal(): boolean {
    return judgeToken(current.expiresAt, now()) !== 'good';
  }

  async function call<Result>(ask: (platform: Platform) => Promise<Result>): Promise<Result> {
    onCall();
    await renewBeforeUse();
    try {
      return await ask(platform);
    } catch (error) {
      if (!isTokenRefused(error)) throw error;
      // Where no renewal is possible, the platform's own refusal is the honest answer.
      if (current.platformUrl === undefined) throw error;
      await useFreshToken();
      return ask(platform);
    }
  }

  return {
    get origin() {
      return platform.origin;
    },
    now,
    nextSweepAt: () => platform.nextSweepAt(),
    createSession: () => call((api) => api.createSession()),
    listSessions: () => call((api) => api.listSessions()),
    deleteSession: (sessionId) => call((api) => api.deleteSession(sessionId)),
    readLaunchUrl: (sessionId) => call((api) => api.readLaunchUrl(sessionId)),
    readSchedulers: () => call((api) => api.readSchedulers()),
    async close() {
      await Promise.all([...closing, platform.close()]);
    },
  };
}

/**
 * Whether a fresh token may be what a call lacks. 10008 and 403 cover an expired token and a missing right alike
 * (platform documentation, error codes); only a fresh token tells them apart.
 */
export function isTokenRefused(error: unknown): boolean {
  return (
    isDeskError(error, 'auth.expired') ||
    isDeskError(error, 'platform.forbidden') ||
    (isDeskError(error) && error.platform?.code === '10008')
  );
}
