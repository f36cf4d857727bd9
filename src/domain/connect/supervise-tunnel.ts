import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { StatusMessage } from '../../model/status.js';
import type { Clock } from '../../model/time.js';
import type { Platform } from '../../platform/platform.js';
import type { Transport } from '../../transport/create-transport.js';
import type { Forward } from '../../transport/forward/open-forward.js';
import type { ForwardOptions } from '../../transport/transport.js';
import type { PollSession } from '../session/session-poller.js';
import {
  createTunnelStore,
  isClosed,
  isDown,
  type TunnelState,
  type TunnelStore,
} from './tunnel-state.js';
import { untilIdle, warnBeforeSweep } from './tunnel-timers.js';

export interface SuperviseOptions extends Clock, Omit<ForwardOptions, 'report'> {
  readonly session: Session;
  readonly poll: PollSession;
  /** Whether to close the tunnel when it has been unused for some time (`untilIdle`). */
  readonly endsWhenIdle?: boolean;
  /** Enables warnings before the nightly sweep. */
  readonly sweepClock?: Pick<Platform, 'now' | 'nextSweepAt'>;
  report(message: StatusMessage): void;
}

export type SupervisedTunnel = Awaited<ReturnType<typeof superviseTunnel>>;

/** Shared by the concurrent tasks. */
interface Supervision extends SuperviseOptions {
  readonly forward: Forward;
  readonly store: TunnelStore;
  /** Aborts when the tunnel ends for any reason. */
  readonly signal: AbortSignal;
}

/** Each interval is 30 to 60 s, so that users do not poll in step. */
const POLL_EVERY_MS = 30_000;
/** How long a poll may delay the next attempt to reconnect. */
const POLL_LIMIT_MS = 5_000;
/** How long after a viewer's exit the loss that caused it may be detected. */
const LOSS_DELAY_MS = 2_000;

/**
 * Opens a forward and supervises it: a lost connection is reopened at the same local address, for up to five minutes
 * while the platform lists the session. Closes when the session is gone.
 *
 * @throws like `Transport.openForward`; nothing is left open then.
 */
export async function superviseTunnel(
  transport: Pick<Transport, 'openForward'>,
  options: SuperviseOptions,
) {
  const store = createTunnelStore(options);
  const { route, listen, mayAsk, timeoutMs, signal } = options;
  const report = store.dispatch;
  const forward = await transport.openForward({ route, listen, mayAsk, timeoutMs, signal, report });
  store.dispatch({ kind: 'greeted', rfbVersion: forward.rfbVersion });
  const ending = new AbortController();
  const ended = AbortSignal.any([signal, ending.signal]);
  const supervision = { ...options, forward, store, signal: ended };
  const closed = runUntilEnd(supervision, signal, ending);
  // Avoids an unhandled rejection when the caller uses only `close`.
  closed.catch(() => {});
  let knownLosses = 0;
  return {
    forward,
    /**
     * Settles when the tunnel is closed completely.
     *
     * Rejects with session.notFound when the platform no longer lists the session, tunnel.lost when reconnecting failed,
     * ssh.* or rfb.* when retrying is pointless, bridge.unused when nobody opened the page.
     */
    closed,
    /**
     * Called after a viewer has failed: true when the tunnel was lost and is connected again, false when it was not lost.
     *
     * @throws like `closed`.
     */
    async waitForReconnect(): Promise<boolean> {
      const wasLost = await waitForLoss(supervision, knownLosses);
      knownLosses = store.state().losses;
      if (!wasLost && store.state().phase === 'idle') await pollOnce(supervision);
      await store.until((state) => !isDown(state));
      if (isClosed(store.state())) await closed;
      return wasLost && !ended.aborted;
    },
    /** Safe to call twice. */
    async close(): Promise<void> {
      await forward.close();
      await closed.catch(() => {});
    },
  };
}

/** Runs the tasks until one of them, the forward or the signal ends the tunnel, then closes it. */
async function runUntilEnd(
  supervision: Supervision,
  userSignal: AbortSignal,
  ending: AbortController,
): Promise<void> {
  const { forward, store, endsWhenIdle, sweepClock } = supervision;
  // Aborted with the tunnel.
  if (sweepClock !== undefined) warnBeforeSweep(sweepClock, supervision).catch(() => {});
  try {
    await Promise.race([
      forward.closed,
      store.until(isClosed),
      pollRegularly(supervision),
      pollAfterClients(supervision),
      reconnectWhenLost(supervision),
      ...(endsWhenIdle ? [untilIdle(store, supervision)] : []),
    ]);
    const end = store.state();
    if (isClosed(end) && end.failure !== undefined) throw end.failure;
  } catch (error) {
    if (!userSignal.aborted) throw error;
  } finally {
    store.dispatch({ kind: 'stopped' });
    ending.abort();
    await forward.close();
  }
}

/** The first poll is due at once: only a session that has been listed can be missed later. */
async function pollRegularly(supervision: Supervision): Promise<void> {
  const { store, sleep, random, signal } = supervision;
  for (;;) {
    await pollOnce(supervision);
    if (isClosed(store.state())) return;
    await sleep(POLL_EVERY_MS * (1 + random()), signal);
  }
}

/** A desktop that is shut down closes its connections normally; only the platform knows that it is gone. */
async function pollAfterClients(supervision: Supervision): Promise<void> {
  const { store } = supervision;
  while (!isClosed(store.state())) {
    await store.until(({ phase }) => phase === 'inUse');
    await store.until(({ phase }) => phase !== 'inUse');
    if (store.state().phase === 'idle') await pollOnce(supervision);
  }
}

async function pollOnce({ poll, session, store, signal }: Supervision): Promise<void> {
  if ((await poll(signal)) !== 'gone') return;
  const failure = new DeskError('session.notFound', { selector: session.name });
  store.dispatch({ kind: 'gone', failure });
}

async function reconnectWhenLost(supervision: Supervision): Promise<void> {
  const { store, sleep, signal } = supervision;
  for (;;) {
    await store.until(({ phase }) => phase === 'lost');
    store.dispatch({ kind: 'retry' });
    for (let state = store.state(); state.phase === 'waiting'; state = store.state()) {
      await sleep(state.nextTryInMs, signal);
      await Promise.race([pollOnce(supervision), sleep(POLL_LIMIT_MS, signal)]);
      // The session may be gone, or a client may have reconnected already.
      if (store.state().phase === 'waiting') await dialAgain(supervision);
    }
  }
}

async function dialAgain({ forward, store }: Supervision): Promise<void> {
  try {
    store.dispatch({ kind: 'greeted', rfbVersion: await forward.prove() });
  } catch (failure) {
    if (!isDeskError(failure)) throw failure;
    store.dispatch({ kind: 'refused', failure });
  }
}

/** Whether the connection was lost since `knownLosses`; waits while a client is still counted. */
async function waitForLoss(
  { store, sleep, signal }: Supervision,
  knownLosses: number,
): Promise<boolean> {
  const isLost = (state: TunnelState) => state.losses > knownLosses;
  const isSettled = (state: TunnelState) => state.clients === 0 || isLost(state) || isClosed(state);
  await Promise.race([store.until(isSettled), sleep(LOSS_DELAY_MS, signal)]);
  return isLost(store.state());
}
