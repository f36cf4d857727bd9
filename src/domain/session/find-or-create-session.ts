import type { Platform } from '../../platform/platform.js';
import { type EnsuredSession, ensureSession } from './ensure-session.js';
import { selectSession } from './select-session.js';

export interface SessionWish {
  readonly selector: string | undefined;
  readonly mayCreate: boolean;
}

/**
 * The session to connect to: the one named, or the user's only one, made first where that is wanted.
 *
 * @throws session.notFound, session.ambiguous
 */
export async function findOrCreateSession(
  platform: Platform,
  { selector, mayCreate }: SessionWish,
): Promise<EnsuredSession> {
  return mayCreate && selector === undefined
    ? ensureSession(platform)
    : { ...selectSession(await platform.listSessions(), selector), created: false };
}
