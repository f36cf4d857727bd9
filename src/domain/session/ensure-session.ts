import { isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { StatusMessage, WaitingEvent } from '../../model/status.js';
import type { Clock } from '../../model/time.js';
import type { Platform } from '../../platform/platform.js';
import { selectSession } from './select-session.js';

/**
 * Creates the user's session, or returns the existing one: the platform's create is idempotent. `created`: whether this
 * call created it; null when unknown.
 *
 * @param tellsCreated - Lists sessions first, because the response does not tell whether the session is new.
 */
export async function ensureSession(platform: Platform, tellsCreated = true) {
  const before = tellsCreated ? await listIfOffered(platform) : undefined;
  const session = await platform.createSession();
  const created =
    before === undefined ? null : !before.some(({ sessionId }) => sessionId === session.sessionId);
  return { ...session, created };
}

/** Ignores failures of the list alone, which is poorly documented; network and login failures would recur. */
async function listIfOffered(platform: Platform): Promise<readonly Session[] | undefined> {
  try {
    return await platform.listSessions();
  } catch (error) {
    const isListingOnly =
      isDeskError(error, 'network.unusableAnswer') ||
      (isDeskError(error) && /^(refused|busy|unsafe)$/.test(error.family));
    if (isListingOnly) return undefined;
    throw error;
  }
}

/**
 * The session to connect to: the selected one, or the user's only one, which is created if allowed. Sends a single
 * request, so `created` may be unknown.
 *
 * @throws session.notFound, session.ambiguous
 */
export async function findOrCreateSession(
  platform: Platform,
  selector: string | undefined,
  mayCreate: boolean,
) {
  return mayCreate && selector === undefined
    ? ensureSession(platform, false)
    : { ...selectSession(await platform.listSessions(), selector), created: false };
}

export interface WaitOptions extends Clock {
  /** Time limit in milliseconds; the first attempt is always made. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Called about once a second while waiting, and when the signal ends the wait. */
  report(message: StatusMessage): void;
}

const TICK_MS = 1_000;
const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60_000;

/**
 * Retries a creation while the platform is busy (815201) or limits the rate (10011), with exponential backoff and
 * jitter; the last attempt is at the limit. Other failures, or a longer `Retry-After` than the time left, are thrown.
 *
 * @throws the last platform.busy or platform.rateLimited at the limit; the signal's reason.
 */
export async function waitUntilFree<Result>(
  create: () => Promise<Result>,
  options: WaitOptions,
): Promise<Result> {
  const { limitMs, signal, now, random, report } = options;
  const startedAtMs = now().getTime();
  let mayExist = false;
  try {
    for (let tries = 1; ; tries++) {
      try {
        mayExist = true;
        return await create();
      } catch (error) {
        // After an error response no session exists; after an abort one may.
        mayExist = signal.aborted;
        const busy = readBusy(error);
        const leftMs = startedAtMs + limitMs - now().getTime();
        if (busy === undefined || leftMs <= 0 || busy.atLeastMs > leftMs) throw error;
        const delayMs = Math.max(busy.atLeastMs, delayAfter(tries, random()));
        const state = { reason: busy.reason, tries };
        await countDown(startedAtMs, state, Math.min(delayMs, leftMs), options);
      }
    }
  } catch (error) {
    if (signal.aborted) report({ kind: 'waitStopped', mayExist });
    throw error;
  }
}

/** 5 s, doubled up to 60 s, with ± 20 % jitter. */
export function delayAfter(tries: number, random: number): number {
  const base = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), MAX_DELAY_MS);
  return Math.round(base * (0.8 + 0.4 * random));
}

async function countDown(
  startedAtMs: number,
  state: Pick<WaitingEvent, 'reason' | 'tries'>,
  delayMs: number,
  { limitMs, now, sleep, signal, report }: WaitOptions,
): Promise<void> {
  const nextTryAtMs = now().getTime() + delayMs;
  for (;;) {
    const nowMs = now().getTime();
    const nextTryInMs = nextTryAtMs - nowMs;
    if (nextTryInMs <= 0) return;
    const elapsedMs = nowMs - startedAtMs;
    report({ kind: 'waiting', ...state, elapsedMs, nextTryInMs, remainingMs: limitMs - elapsedMs });
    await sleep(Math.min(TICK_MS, nextTryInMs), signal);
  }
}

function readBusy(error: unknown) {
  if (isDeskError(error, 'platform.busy')) return { reason: 'busy', atLeastMs: 0 } as const;
  if (!isDeskError(error, 'platform.rateLimited')) return undefined;
  const { retryAfterSeconds = 0 } = error.details;
  return { reason: 'rateLimited', atLeastMs: retryAfterSeconds * 1000 } as const;
}
