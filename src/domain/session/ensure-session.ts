import { isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';
import { selectSession } from './select-session.js';

export interface EnsuredSession extends Session {
  /** Whether this call created it; null when unknown. */
  readonly created: boolean | null;
}

/**
 * Creates the user's session, or returns the existing one: the platform's create is idempotent.
 *
 * @param tellsCreated - Lists sessions first, because the response does not tell whether the session is new.
 */
export async function ensureSession(
  platform: Platform,
  tellsCreated = true,
): Promise<EnsuredSession> {
  const before = tellsCreated ? await listIfOffered(platform) : undefined;
  const session = await platform.createSession();
  const created =
    before === undefined ? null : !before.some(({ sessionId }) => sessionId === session.sessionId);
  return { ...session, created };
}

/** Ignores failures of the list alone, which is poorly documented; network and login failures would recur. */
async function listIfOffered(platform: Platform): Promise<readonly Session[] | undefined> {
  try {
    return await platform.listSessions();
  } catch (error) {
    const isListingOnly =
      isDeskError(error) &&
      (error.family === 'refused' ||
        error.family === 'busy' ||
        error.family === 'unsafe' ||
        error.code === 'network.unusableAnswer');
    if (isListingOnly) return undefined;
    throw error;
  }
}

export interface SessionRequest {
  readonly selector: string | undefined;
  readonly mayCreate: boolean;
}

/**
 * The session to connect to: the selected one, or the user's only one, which is created if allowed. Sends a single
 * request, so `created` may be unknown.
 *
 * @throws session.notFound, session.ambiguous
 */
export async function findOrCreateSession(
  platform: Platform,
  { selector, mayCreate }: SessionRequest,
): Promise<EnsuredSession> {
  return mayCreate && selector === undefined
    ? ensureSession(platform, false)
    : { ...selectSession(await platform.listSessions(), selector), created: false };
}
