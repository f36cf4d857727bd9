import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { isDeskError } from '../errors/desk-error.js';
import { FIRST_VNC_PORT } from '../model/endpoint.js';
import { listenOnPort } from '../transport/forward/forward-listener.js';

/** A running desktop of the sandbox: an RFB server on 127.0.0.1, port 5900 + `display`. */
export interface Desktop {
  readonly display: number;
  /** Resolves when the desktop has ended for any reason; never rejects. */
  readonly closed: Promise<void>;
  /** Ends the desktop and waits for it; idempotent. */
  close(): Promise<void>;
}

export interface DesktopOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** For VNC authentication (RFC 6143 §7.2.2), truncated to 8 bytes; undefined: no authentication. */
  readonly vncPassword: string | undefined;
  /** Aborts the start. */
  readonly signal: AbortSignal;
  /** Called with the number of connected viewers at each change. */
  onClientsChanged(count: number): void;
}

/** Starts a desktop; the caller closes it. @throws xvnc.failed */
export type StartDesktop = (options: DesktopOptions) => Promise<Desktop>;

const FIRST_DISPLAY = 20;
/** 5900 + 26 867 = 32 767: below the ephemeral ports. */
const LAST_DISPLAY = 26_867;
const MAX_TRIES = 32;
const MAX_VIEWERS = 32;

/**
 * Listens on the port of a free display, for our user only, and counts the viewers; the caller closes it.
 *
 * @throws tunnel.portTaken after 32 attempts, tunnel.cannotListen, tunnel.peersUnknown; the signal's reason when aborted.
 */
export async function openRfbPort(
  { onClientsChanged, signal }: Pick<DesktopOptions, 'onClientsChanged' | 'signal'>,
  serve: (viewer: Duplex) => void,
): Promise<Desktop> {
  const viewers = new Set<Duplex>();
  const onClient = (viewer: Duplex) => {
    if (viewers.size >= MAX_VIEWERS) {
      viewer.destroy();
      return;
    }
    viewers.add(viewer);
    onClientsChanged(viewers.size);
    viewer.once('close', () => {
      viewers.delete(viewer);
      onClientsChanged(viewers.size);
    });
    serve(viewer);
  };
  const ending = new AbortController();
  const closed = once(ending.signal, 'abort').then(() => {});
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    const display = randomInt(FIRST_DISPLAY, LAST_DISPLAY + 1);
    try {
      const listener = await listenOnPort(FIRST_VNC_PORT + display, {}, onClient);
      return {
        display,
        closed,
        async close() {
          for (const viewer of viewers) viewer.destroy();
          await listener.close();
          ending.abort();
        },
      };
    } catch (error) {
      if (tries === MAX_TRIES || !isDeskError(error, 'tunnel.portTaken')) throw error;
    }
  }
}
