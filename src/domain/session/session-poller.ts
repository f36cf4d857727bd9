import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';

/** `unknown`: the platform cannot be asked now, or does not list the session at all. */
export type Presence = 'listed' | 'gone' | 'unknown';

export interface SessionPoller {
  /** Asks the platform whether it still lists the session; whoever asks meanwhile gets the same answer. */
  poll(signal: AbortSignal): Promise<Presence>;
}

interface Waiting {
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

export interface SessionPollerOptions extends Waiting {
  /** Whether the platform has listed it already: only then does its absence mean something. */
  readonly wasListed: boolean;
}

const SECOND_LOOK_MS = 2_000;

/**
 * Finds a session that the platform listed before. One list without it is not believed, since that would take a working
 * desktop from the screen: the platform is asked again after 2 s.
 *
 * @throws what `Platform.listSessions` throws; the signal's reason when aborted.
 */
export async function findAgain(
  platform: Pick<Platform, 'listSessions'>,
  session: Session,
  { sleep, signal }: Waiting & { readonly signal: AbortSignal },
): Promise<Session | undefined> {
  const found = await findListed(platform, session);
  if (found !== undefined) return found;
  await sleep(SECOND_LOOK_MS, signal);
  return findListed(platform, session);
}

/** Asks whether a session is still there. Whatever keeps the platform from answering does not concern the desktop. */
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
      // A token that has expired included: the tunnel does not need it.
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

const LOOK_EVERY_MS = 15_000;

/**
 * Looks at a session every 15 s and yields it at each change; ends with the signal, or fails with session.notFound
 * when the platform no longer lists it, asked twice. A network that is gone for a while is looked through.
 */
export function watchSession(
  platform: Platform,
  session: Session,
  options: WatchOptions,
): WatchedSession {
  return { ready: session, updates: follow(platform, session, options), closed: Promise.resolve() };
}

async function* follow(
  platform: Platform,
  first: Session,
  { signal, sleep }: WatchOptions,
): AsyncGenerator<Session> {
  let last = first;
  for (;;) {
    await sleep(LOOK_EVERY_MS, signal);
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
