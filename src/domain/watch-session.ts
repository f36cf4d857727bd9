import { DeskError, isDeskError } from '../errors/desk-error.js';
import type { Session } from '../model/session.js';
import type { Platform } from '../platform/platform.js';

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
 * when the platform no longer lists it. A network that is gone for a while is looked through.
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
    const sessions = await listOrNothing(platform);
    if (sessions === undefined) continue;
    const now = sessions.find(({ sessionId }) => sessionId === first.sessionId);
    if (now === undefined) throw new DeskError('session.notFound', { selector: first.name });
    if (JSON.stringify(now) !== JSON.stringify(last)) yield now;
    last = now;
  }
}

async function listOrNothing(platform: Platform): Promise<readonly Session[] | undefined> {
  try {
    return await platform.listSessions();
  } catch (error) {
    if (isDeskError(error) && (error.family === 'network' || error.family === 'busy'))
      return undefined;
    throw error;
  }
}
