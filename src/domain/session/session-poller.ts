import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';

/** `unknown`: the platform does not answer, or has never listed the session. */
export type Presence = 'listed' | 'gone' | 'unknown';

export interface SessionPoller {
  /** Asks the platform whether it lists the session; concurrent calls share one request. */
  poll(signal: AbortSignal): Promise<Presence>;
}

interface Waiting {
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

export interface SessionPollerOptions extends Waiting {
  /** Whether the platform has listed it before; otherwise its absence means nothing. */
  readonly wasListed: boolean;
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
  { sleep, signal }: Waiting & { readonly signal: AbortSignal },
): Promise<Session | undefined> {
  const found = await findListed(platform, session);
  if (found !== undefined) return found;
  await sleep(RECHECK_MS, signal);
  return findListed(platform, session);
}

/** Polls for a session's presence; a failing request does not affect the desktop. */
export function createSessionPoller(
  platform: Pick<Platform, 'listSessions'>,
  session: Session,
  { wasListed, sleep }: SessionPollerOptions,
): SessionPoller {
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

  return {
    poll(signal) {
      polling ??= ask(signal).finally(() => {
        polling = undefined;
      });
      return polling;
    },
  };
}

async function findListed(
  platform: Pick<Platform, 'listSessions'>,
  { sessionId }: Session,
): Promise<Session | undefined> {
  const sessions = await platform.listSessions();
  return sessions.find((session) => session.sessionId === sessionId);
}

export interface WatchOptions {
  readonly signal: AbortSignal;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

export interface WatchedSession {
  readonly ready: Session;
  readonly updates: AsyncIterable<Session>;
  readonly closed: Promise<void>;
}

const WATCH_INTERVAL_MS = 15_000;

/**
 * Polls a session every 15 s and yields its changes, until the signal aborts. Fails with session.notFound when it is
 * gone; ignores network failures.
 */
export function watchSession(
  platform: Platform,
  session: Session,
  options: WatchOptions,
): WatchedSession {
  return {
    ready: session,
    updates: pollChanges(platform, session, options),
    closed: Promise.resolve(),
  };
}

async function* pollChanges(
  platform: Platform,
  first: Session,
  { signal, sleep }: WatchOptions,
): AsyncGenerator<Session> {
  let last = first;
  for (;;) {
    await sleep(WATCH_INTERVAL_MS, signal);
    const answer = await findOrSkip(() => findAgain(platform, first, { sleep, signal }));
    if (answer === 'noAnswer') continue;
    const now = answer;
    if (now === undefined) throw new DeskError('session.notFound', { selector: first.name });
    if (JSON.stringify(now) !== JSON.stringify(last)) yield now;
    last = now;
  }
}

async function findOrSkip<Found>(find: () => Promise<Found>): Promise<Found | 'noAnswer'> {
  try {
    return await find();
  } catch (error) {
    if (isDeskError(error) && (error.family === 'network' || error.family === 'busy')) {
      return 'noAnswer';
    }
    throw error;
  }
}
