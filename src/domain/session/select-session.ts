import { DeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import { takeOnly } from '../take-only.js';

/**
 * Finds a session by exact ID or name, else by a unique prefix; without a selector, the only session.
 *
 * @throws session.notFound, session.ambiguous
 */
export function selectSession(sessions: readonly Session[], selector: string | undefined): Session {
  // Probably an unset variable; it would be a prefix of every name.
  if (selector === '') throw new DeskError('session.notFound', { selector });
  const matching = (accepts: (name: string) => boolean) =>
    sessions.filter((session) => namesOf(session).some(accepts));
  // Every name begins with nothing.
  const exact = matching((name) => name === selector);
  const found = exact.length > 0 ? exact : matching((name) => name.startsWith(selector ?? ''));
  return takeOnly('session', selector, found, sessions.flatMap(namesOf), ({ name }) => name);
}

function namesOf({ sessionId, id, name }: Session): readonly string[] {
  return [name, id, sessionId];
}
