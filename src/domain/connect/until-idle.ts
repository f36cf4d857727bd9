import { DeskError } from '../../errors/desk-error.js';
import type { ProgressEvent } from '../../model/status.js';
import { isClosed, isDown, type TunnelState } from './tunnel-state.js';
import type { TunnelStore } from './tunnel-store.js';

export interface IdleOptions {
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  report(message: ProgressEvent): void;
  readonly signal: AbortSignal;
}

/** A link to the page is good for 60 s, and a browser may be slow to start. */
const FIRST_LIMIT_MS = 90_000;
/** A tab that is loaded anew, or opened again, is back sooner. */
const LIMIT_MS = 30_000;

/**
 * Resolves once the last client has been gone for 30 s; time during which the link is cut does not count.
 *
 * @throws bridge.unused when none has come within 90 s; the signal's reason when it aborts.
 */
export async function untilIdle(store: TunnelStore, options: IdleOptions): Promise<void> {
  const { sleep, report, signal } = options;
  let wasUsed = false;
  const hasCome = (state: TunnelState) => {
    wasUsed ||= state.clients > 0;
    return !isIdle(state);
  };
  for (;;) {
    await store.until((state) => !hasCome(state));
    const limitMs = wasUsed ? LIMIT_MS : FIRST_LIMIT_MS;
    if (wasUsed) report({ kind: 'deserted', endsInMs: limitMs });
    const back = new AbortController();
    const isOver = await Promise.race([
      sleep(limitMs, AbortSignal.any([signal, back.signal])).then(() => true),
      store.until(hasCome).then(() => false),
    ]);
    back.abort();
    if (!isOver) continue;
    if (!wasUsed) throw new DeskError('bridge.unused', { limitMs });
    return;
  }
}

function isIdle(state: TunnelState): boolean {
  return state.clients === 0 && !isDown(state) && !isClosed(state);
}
