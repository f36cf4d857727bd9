import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Clock } from '../../model/time.js';
import type { Platform } from '../../platform/platform.js';

/** `unknown`: the platform does not answer, or has never listed the session. */
export type Presence = 'listed' | 'gone' | 'unknown';

/** Asks the platform whether it lists the session; concurrent calls share one request. */
export type PollSession = (signal: AbortSignal) => Promise<Presence>;

interface Waiting extends Pick<Clock, 'sleep'> {
  readonly signal: AbortSignal;
}

const RECHECK_MS = 2_000;

/**
 * Looks up a listed session. Repeats the request after 2 s before reporting it gone, since that closes a working
 * desktop.
 *
 * @throws like `Platform.listSessions`; the signal's reason when aborted.
 */
export async function findAgain(
  platform: Pick<Platform, 'listSessions'>,
  session: Session,
  { sleep, signal }: Waiting,
): Promise<Session | undefined> {
  const found = await findListed(platform, session);
  if (found !== undefined) return found;
  await sleep(RECHECK_MS, signal);
  return findListed(platform, session);
}

/**
 * Polls for a session's presence; a failing request does not affect the desktop.
 *
 * @param wasListed - Whether the platform has listed it before; otherwise its absence means nothing.
 */
export function createSessionPoller(
  platform: Pick<Platform, 'listSessions'>,
  session: Session,
  sleep: Clock['sleep'],
  wasListed: boolean,
): PollSession {
  let hasBeenListed = wasListed;
  let polling: Promise<Presence> | undefined;

  async function ask(signal: AbortSignal): Promise<Presence> {
    try {
      const found = await (hasBeenListed
        ? findAgain(platform, session, { sleep, signal })
        : findListed(platform, session));
      if (found === undefined) return hasBeenListed ? 'gone' : 'unknown';
      hasBeenListed = true;
      return 'listed';
    } catch (error) {
      // Also for an expired token, which the tunnel does not need.
      if (isDeskError(error)) return 'unknown';
      throw error;
    }
  }

  return (signal) => {
    polling ??= ask(signal).finally(() => {
      polling = undefined;
    });
    return polling;
  };
}

async function findListed(
  platform: Pick<Platform, 'listSessions'>,
  { sessionId }: Session,
): Promise<Session | undefined> {
  const sessions = await platform.listSessions();
  return sessions.find((session) => session.sessionId === sessionId);
}

const WATCH_INTERVAL_MS = 15_000;

/**
 * Polls a session every 15 s and yields its changes; ignores network failures.
 *
 * @throws session.notFound when it is gone; the signal's reason.
 */
export async function* watchSession(
  platform: Pick<Platform, 'listSessions'>,
  session: Session,
  { sleep, signal }: Waiting,
): AsyncGenerator<Session> {
  let last = session;
  for (;;) {
    await sleep(WATCH_INTERVAL_MS, signal);
    const now = await findAgain(platform, session, { sleep, signal }).catch((error) => {
      const isTemporary = isDeskError(error) && /^(network|busy)$/.test(error.family);
      if (isTemporary) return last;
      throw error;
    });
    if (now === undefined) throw new DeskError('session.notFound', { selector: session.name });
    if (JSON.stringify(now) !== JSON.stringify(last)) yield now;
    last = now;
  }
}
