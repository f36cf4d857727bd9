import { isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';

/** `unknown`: the platform cannot be asked now, or does not list the session at all. */
export type Presence = 'listed' | 'gone' | 'unknown';

export interface SessionPoller {
  /** Asks the platform whether it still lists the session; whoever asks meanwhile gets the same answer. */
  look(signal: AbortSignal): Promise<Presence>;
}

export interface SessionPollerOptions {
  /** Whether the platform has listed it already: only then does its absence mean something. */
  readonly wasListed: boolean;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

/** One empty answer is not believed: it would take a working desktop from the screen. */
const SECOND_LOOK_MS = 2_000;

/** Looks whether a session is still there. Whatever keeps the platform from telling does not concern the desktop. */
export function createSessionPoller(
  platform: Pick<Platform, 'listSessions'>,
  { sessionId }: Session,
  { wasListed, sleep }: SessionPollerOptions,
): SessionPoller {
  let hasBeenListed = wasListed;
  let looking: Promise<Presence> | undefined;

  async function isListed(): Promise<boolean | undefined> {
    try {
      const sessions = await platform.listSessions();
      return sessions.some((session) => session.sessionId === sessionId);
    } catch (error) {
      // A token that has expired included: the tunnel does not need it.
      if (isDeskError(error)) return undefined;
      throw error;
    }
  }

  async function lookTwice(signal: AbortSignal): Promise<Presence> {
    let answer = await isListed();
    if (answer === false && hasBeenListed) {
      await sleep(SECOND_LOOK_MS, signal);
      answer = await isListed();
    }
    if (answer === true) hasBeenListed = true;
    if (answer === undefined) return 'unknown';
    return answer ? 'listed' : hasBeenListed ? 'gone' : 'unknown';
  }

  return {
    look(signal) {
      looking ??= lookTwice(signal).finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}
