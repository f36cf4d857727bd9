import { type DeskError, isDeskError } from '../errors/desk-error.js';
import type { WaitingStage } from '../model/stage.js';

export interface WaitOptions {
  /** How long to try, in milliseconds; the first try is always made. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  now(): Date;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** Called about once a second while waiting. */
  report(state: WaitState): void;
}

export type WaitState = Omit<WaitingStage, 'kind'>;

const TICK_MS = 1_000;
const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60_000;

/**
 * Repeats a call while the platform answers that it is busy (815201) or asked too often (10011), with growing,
 * jittered delays inside the limit. Every other failure ends it at once.
 *
 * @throws the last platform.busy or platform.rateLimited when the limit is over; the signal's reason.
 */
export async function waitUntilFree<Result>(
  ask: () => Promise<Result>,
  options: WaitOptions,
): Promise<Result> {
  const startedAtMs = options.now().getTime();
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const busy = readBusy(error);
      const elapsedMs = options.now().getTime() - startedAtMs;
      const delayMs = Math.max(busy?.atLeastMs ?? 0, delayAfter(tries, options.random()));
      if (busy === undefined || elapsedMs + delayMs > options.limitMs) throw error;
      await countDown(startedAtMs, { reason: busy.reason, tries }, delayMs, options);
    }
  }
}

/** 5 s, doubled each time up to a minute, ± 20 % so that many waiters spread out. */
export function delayAfter(tries: number, random: number): number {
  const base = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), MAX_DELAY_MS);
  return Math.round(base * (0.8 + 0.4 * random));
}

async function countDown(
  startedAtMs: number,
  state: Pick<WaitState, 'reason' | 'tries'>,
  delayMs: number,
  { limitMs, now, sleep, signal, report }: WaitOptions,
): Promise<void> {
  const nextTryAtMs = now().getTime() + delayMs;
  for (;;) {
    const nowMs = now().getTime();
    const nextTryInMs = nextTryAtMs - nowMs;
    if (nextTryInMs <= 0) return;
    const elapsedMs = nowMs - startedAtMs;
    report({ ...state, elapsedMs, nextTryInMs, remainingMs: limitMs - elapsedMs });
    await sleep(Math.min(TICK_MS, nextTryInMs), signal);
  }
}

function readBusy(
  error: unknown,
): { readonly reason: WaitState['reason']; readonly atLeastMs: number } | undefined {
  if (isDeskError(error, 'platform.busy')) return { reason: 'busy', atLeastMs: 0 };
  if (!isDeskError(error, 'platform.rateLimited')) return undefined;
  const { retryAfterSeconds = 0 } = (error as DeskError<'platform.rateLimited'>).details;
  return { reason: 'rateLimited', atLeastMs: retryAfterSeconds * 1000 };
}
