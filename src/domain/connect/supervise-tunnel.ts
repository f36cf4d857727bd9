import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { StatusMessage } from '../../model/status.js';
import type { Forward, ForwardOptions, Transport } from '../../transport/transport.js';
import type { SessionPoller } from '../session/session-poller.js';
import { isClosed, isDown, type TunnelState } from './tunnel-state.js';
import { createTunnelStore, type TunnelStore } from './tunnel-store.js';
import { untilIdle } from './until-idle.js';
import { type SweepClock, warnBeforeSweep } from './warn-before-sweep.js';

export interface SuperviseOptions extends Omit<ForwardOptions, 'report'> {
  readonly session: Session;
  readonly poller: SessionPoller;
  /** Whether the tunnel ends when nobody has used it for some time (`untilIdle`). */
  readonly endsWhenIdle?: boolean;
  /** Without it nobody is warned before the nightly sweep. */
  readonly sweepClock?: SweepClock;
  now(): Date;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  report(message: StatusMessage): void;
}

export interface SupervisedTunnel {
  readonly forward: Forward;
  /**
   * Settles when the tunnel is closed and all of it gone.
   *
   * Rejects with session.notFound when the platform no longer lists the session, tunnel.lost when the link did not come
   * back, ssh.* or rfb.* when no further try could help, bridge.unused when nobody opened the page.
   */
  readonly closed: Promise<void>;
  /**
   * For a viewer that has failed: true once the tunnel stands again, where its loss was the cause; false where it was not.
   *
   * @throws what `closed` rejects with.
   */
  waitForReconnect(): Promise<boolean>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

/** What each task of the supervision works on. */
interface Supervision extends Pick<SuperviseOptions, 'session' | 'poller' | 'sleep' | 'random'> {
  readonly forward: Forward;
  readonly store: TunnelStore;
  /** Aborted when the tunnel ends, by whatever reason. */
  readonly signal: AbortSignal;
}

/** The platform is asked every 30 to 60 s, so that many users do not ask all at once. */
const POLL_EVERY_MS = 30_000;
/** How long a platform that does not answer may hold up the next try. */
const POLL_LIMIT_MS = 5_000;
/** How much later than the end of a viewer the loss that ended it may be known. */
const NEWS_MS = 2_000;

/**
 * Opens a forward and keeps it: a cut link is dialled again behind the same address, up to five minutes, while the
 * platform lists the session; when it no longer does, the tunnel closes.
 *
 * @throws what `Transport.openForward` throws; nothing is left open then.
 */
export async function superviseTunnel(
  transport: Pick<Transport, 'openForward'>,
  options: SuperviseOptions,
): Promise<SupervisedTunnel> {
  const store = createTunnelStore(options);
  const { route, listen, mayAsk, timeoutMs, signal } = options;
  const wanted = { route, listen, mayAsk, timeoutMs, signal };
  const forward = await transport.openForward({ ...wanted, report: store.dispatch });
  store.dispatch({ kind: 'greeted', rfbVersion: forward.rfbVersion });
  const ending = new AbortController();
  const supervision = { ...options, forward, store, signal: ending.signal };
  const closed = runUntilEnd(supervision, options, ending);
  // Whoever only closes need not hear how it ended.
  closed.catch(() => {});
  let knownLosses = 0;
  return {
    forward,
    closed,
    async waitForReconnect() {
      const wasLost = await learnOfLoss(supervision, knownLosses);
      knownLosses = store.state().losses;
      if (!wasLost && store.state().phase === 'idle') await pollOnce(supervision);
      await store.until((state) => !isDown(state));
      if (isClosed(store.state())) await closed;
      return wasLost && !ending.signal.aborted;
    },
    async close() {
      await forward.close();
      await closed.catch(() => {});
    },
  };
}

/** Runs the tasks until one of them, the forward or the caller's signal ends the tunnel, and closes it. */
async function runUntilEnd(
  supervision: Supervision,
  { signal, endsWhenIdle, report, sweepClock }: SuperviseOptions,
  ending: AbortController,
): Promise<void> {
  const { forward, store, sleep } = supervision;
  const onAbort = () => ending.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (sweepClock !== undefined) {
    // It ends with the tunnel.
    warnBeforeSweep({ clock: sweepClock, sleep, report, signal: ending.signal }).catch(() => {});
  }
  try {
    await Promise.race([
      forward.closed,
      store.until(isClosed),
      pollRegularly(supervision),
      pollAfterClients(supervision),
      reconnectWhenLost(supervision),
      ...(endsWhenIdle === true
        ? [untilIdle(store, { sleep, report, signal: ending.signal })]
        : []),
    ]);
    const end = store.state();
    if (isClosed(end) && end.failure !== undefined) throw end.failure;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
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

/** A desktop that ends closes its connections properly; only the platform knows that it will not come back. */
async function pollAfterClients(supervision: Supervision): Promise<void> {
  const { store } = supervision;
  while (!isClosed(store.state())) {
    await store.until(({ phase }) => phase === 'inUse');
    await store.until(({ phase }) => phase !== 'inUse');
    if (store.state().phase === 'idle') await pollOnce(supervision);
  }
}

async function pollOnce({ poller, session, store, signal }: Supervision): Promise<void> {
  if ((await poller.poll(signal)) !== 'gone') return;
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
      // It may be gone, or a client may have got through by itself.
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

/** Whether the link was lost since so many losses were known; waits for news while a client is still counted. */
async function learnOfLoss(
  { store, sleep, signal }: Supervision,
  knownLosses: number,
): Promise<boolean> {
  const isLost = (state: TunnelState) => state.losses > knownLosses;
  const isSettled = (state: TunnelState) => state.clients === 0 || isLost(state) || isClosed(state);
  await Promise.race([store.until(isSettled), sleep(NEWS_MS, signal)]);
  return isLost(store.state());
}
