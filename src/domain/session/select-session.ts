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
  const matches =
    selector === undefined ? sessions : matching(sessions, (name) => name === selector);
  const found =
    matches.length > 0 || selector === undefined
      ? matches
      : matching(sessions, (name) => name.startsWith(selector));
  const [session, ...others] = found;
  if (session === undefined) {
    const suggestion = selector && nearestWord(selector, namesOf(sessions));
    throw new DeskError('session.notFound', { selector, suggestion });
  }
  if (others.length > 0) {
    throw new DeskError('session.ambiguous', { selector, matches: found.map(({ name }) => name) });
  }
  return session;
}

function namesOf(sessions: readonly Session[]): readonly string[] {
  return sessions.flatMap(({ name, id, sessionId }) => [name, id, sessionId]);
}

function matching(
  sessions: readonly Session[],
  accepts: (name: string) => boolean,
): readonly Session[] {
  return sessions.filter(({ sessionId, id, name }) => [sessionId, id, name].some(accepts));
}
