import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';
import { findAgain } from './session-poller.js';

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
