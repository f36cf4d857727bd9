import { DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Session } from '../../model/session.js';
import type { Stage } from '../../model/stage.js';
import type { Forward, ForwardOptions, Transport } from '../../transport/transport.js';
import type { SessionPoller } from './session-poller.js';
import { isClosed, isDown, type TunnelState } from './tunnel-state.js';
import { createTunnelStore } from './tunnel-store.js';
import { untilIdle } from './until-idle.js';

export interface SuperviseOptions extends Omit<ForwardOptions, 'report'> {
  readonly session: Session;
  readonly poller: SessionPoller;
  /** Whether the tunnel ends when nobody has used it for some time (`untilIdle`). */
  readonly endsWhenIdle?: boolean;
  now(): Date;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  report(stage: Stage): void;
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

/** The platform is asked every 30 to 60 s, so that many users do not ask all at once. */
const WATCH_EVERY_MS = 30_000;
/** How long a platform that does not answer may hold up the next try. */
const LOOK_LIMIT_MS = 5_000;
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
  const { session, poller, signal, sleep, random, report, endsWhenIdle = false } = options;
  const { route, listen, mayAsk, timeoutMs } = options;
  const life = createTunnelStore(options);
  const wish = { route, listen, mayAsk, timeoutMs, signal };
  const forward = await transport.openForward({ ...wish, report: life.step });
  const greeted = { kind: 'greeted', rfbVersion: forward.rfbVersion } as const;
  life.step(greeted);
  const stop = new AbortController();
  let knownLosses = 0;

  async function watch(): Promise<void> {
    while (!isClosed(life.now())) {
      await sleep(WATCH_EVERY_MS * (1 + random()), stop.signal);
      await look();
    }
  }

  async function look(): Promise<void> {
    if ((await poller.look(stop.signal)) !== 'gone') return;
    life.step({
      kind: 'gone',
      failure: new DeskError('session.notFound', { selector: session.name }),
    });
  }

  /** A desktop that ends says goodbye properly; only the platform knows that it will not come back. */
  async function lookAfterClients(): Promise<void> {
    while (!isClosed(life.now())) {
      await life.until(({ phase }) => phase === 'inUse');
      await life.until(({ phase }) => phase !== 'inUse');
      if (life.now().phase === 'idle') await look();
    }
  }

  async function mend(): Promise<void> {
    for (;;) {
      await life.until(({ phase }) => phase === 'lost');
      life.step({ kind: 'retry' });
      for (let now = life.now(); now.phase === 'waiting'; now = life.now()) {
        await sleep(now.nextTryInMs, stop.signal);
        await Promise.race([look(), sleep(LOOK_LIMIT_MS, stop.signal)]);
        // It may be gone, or a client may have got through by itself.
        if (life.now().phase === 'waiting') await dialAgain();
      }
    }
  }

  async function dialAgain(): Promise<void> {
    try {
      await forward.prove();
      life.step(greeted);
    } catch (failure) {
      if (!isDeskError(failure)) throw failure;
      life.step({ kind: 'refused', failure });
    }
  }

  async function leave(): Promise<void> {
    const never = new Promise<void>(() => {});
    await (endsWhenIdle ? untilIdle(life, { sleep, report, signal: stop.signal }) : never);
  }

  async function run(): Promise<void> {
    const onAbort = () => stop.abort(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      const tasks = [watch(), lookAfterClients(), mend(), leave()];
      await Promise.race([forward.closed, life.until(isClosed), ...tasks]);
      const end = life.now();
      if (isClosed(end) && end.failure !== undefined) throw end.failure;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      life.step({ kind: 'stopped' });
      stop.abort();
      await forward.close();
    }
  }

  const closed = run();
  // Whoever only closes need not hear how it ended.
  closed.catch(() => {});
  return {
    forward,
    closed,
    async waitForReconnect() {
      const isLost = () => life.now().losses > knownLosses;
      const isSettled = (now: TunnelState) => now.clients === 0 || isLost() || isClosed(now);
      await Promise.race([life.until(isSettled), sleep(NEWS_MS, stop.signal)]);
      const wasLost = isLost();
      knownLosses = life.now().losses;
      if (!wasLost && life.now().phase === 'idle') await look();
      await life.until((now) => !isDown(now));
      if (isClosed(life.now())) await closed;
      return wasLost && !stop.signal.aborted;
    },
    async close() {
      await forward.close();
      await closed.catch(() => {});
    },
  };
}
