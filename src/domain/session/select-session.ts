import { DeskError } from '../../errors/desk-error.js';
import { nearestWord } from '../../model/nearest-word.js';
import type { Session } from '../../model/session.js';

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
  const [session, ...others] = found;
  if (session === undefined) {
    const suggestion = selector && nearestWord(selector, sessions.flatMap(namesOf));
    throw new DeskError('session.notFound', { selector, suggestion });
  }
  if (others.length > 0) {
    throw new DeskError('session.ambiguous', { selector, matches: found.map(({ name }) => name) });
  }
  return session;
}

function namesOf({ sessionId, id, name }: Session): readonly string[] {
  return [name, id, sessionId];
}
