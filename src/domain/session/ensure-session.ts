import { isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';
import { selectSession } from './select-session.js';

export interface EnsuredSession extends Session {
  /** Whether this call made it; null when nobody asked, or could ask, what was there before. */
  readonly created: boolean | null;
}

/**
 * Creates the user's session or finds the one that exists; the platform itself makes a repeated call harmless.
 *
 * @param tellsCreated - Asks first what is there: the answer to a creation does not tell it from a find.
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

/**
 * The page that would document the list is incomplete, so a platform that refuses it or answers in an unknown shape
 * is no reason not to create. What would fail the next call too, the network and the login, is passed on.
 */
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
 * The session to connect to: the one named, or the user's only one, made first where that is wanted. One request: who
 * connects does not ask which of the two it was.
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
