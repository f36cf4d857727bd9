import { DeskError } from '../../errors/desk-error.js';
import type { Notice, StatusMessage } from '../../model/status.js';
import type { Clock } from '../../model/time.js';
import type { Platform } from '../../platform/platform.js';
import { isClosed, isDown, type TunnelState, type TunnelStore } from './tunnel-state.js';

interface TimerOptions extends Pick<Clock, 'sleep'> {
  report(message: StatusMessage): void;
  readonly signal: AbortSignal;
}

/** A page link is valid for 60 s, and the browser may be slow to start. */
const FIRST_LIMIT_MS = 90_000;
/** Long enough to reload or reopen a tab. */
const LIMIT_MS = 30_000;

/**
 * Resolves when the last client has been gone for 30 s, not counting time without connection.
 *
 * @throws bridge.unused when no client came within 90 s; the signal's reason when aborted.
 */
export async function untilIdle(
  store: TunnelStore,
  { sleep, report, signal }: TimerOptions,
): Promise<void> {
  let wasUsed = false;
  const isActive = (state: TunnelState) => {
    wasUsed ||= state.clients > 0;
    return !isIdle(state);
  };
  for (;;) {
    await store.until((state) => !isActive(state));
    const limitMs = wasUsed ? LIMIT_MS : FIRST_LIMIT_MS;
    if (wasUsed) report({ kind: 'deserted', endsInMs: limitMs });
    const returned = new AbortController();
    const hasTimedOut = await Promise.race([
      sleep(limitMs, AbortSignal.any([signal, returned.signal])).then(() => true),
      store.until(isActive).then(() => false),
    ]);
    returned.abort();
    if (!hasTimedOut) continue;
    if (!wasUsed) throw new DeskError('bridge.unused', { limitMs });
    return;
  }
}

function isIdle(state: TunnelState): boolean {
  return state.clients === 0 && !isDown(state) && !isClosed(state);
}

const MINUTE_MS = 60_000;
const WARNINGS_MS = [30 * MINUTE_MS, 10 * MINUTE_MS];

/**
 * Reports `sweepSoon` 30 and 10 minutes before each nightly sweep; skips warnings already past at the start. Checks the
 * clock every minute, because the machine may be suspended.
 *
 * @throws the signal's reason when aborted; never returns.
 */
export async function warnBeforeSweep(
  clock: Pick<Platform, 'now' | 'nextSweepAt'>,
  { sleep, report, signal }: TimerOptions,
): Promise<never> {
  for (;;) {
    const sweepAt = clock.nextSweepAt();
    const leftMs = () => sweepAt.getTime() - clock.now().getTime();
    for (const warningMs of WARNINGS_MS.filter((timeMs) => timeMs < leftMs())) {
      while (leftMs() > warningMs) {
        await sleep(Math.min(leftMs() - warningMs, MINUTE_MS), signal);
      }
      if (leftMs() > 0) report(sweepSoon(sweepAt, clock.now()));
    }
    do {
      await sleep(MINUTE_MS, signal);
    } while (leftMs() > 0);
  }
}

export function sweepSoon(sweepAt: Date, now: Date): Notice {
  const minutes = Math.ceil((sweepAt.getTime() - now.getTime()) / MINUTE_MS);
  return { kind: 'sweepSoon', minutes, sweepAt: sweepAt.toISOString() };
}
