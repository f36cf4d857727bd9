import type { Duplex } from 'node:stream';
import { closeStream } from '../net/dial.js';
import type { RouteOptions } from './dial-route.js';
import { proveDesktop } from './prove-desktop.js';

/** RFB servers time out a silent client; an older connection is replaced by a new one. */
const MAX_RESERVED_MS = 30_000;

/** Keeps the greeted connection for the next client. */
export function keepProof(route: RouteOptions, signal: AbortSignal) {
  let reserved: ReservedConnection | undefined;
  let isUntaken = true;
  return {
    /** Whether no client has asked for the current connection yet. */
    isUntaken: () => isUntaken,
    /** Opens a new one (`proveDesktop`) and returns the RFB version of its greeting. */
    async renew(onDialled?: () => void) {
      const { connection, rfbVersion } = await proveDesktop(route, signal, onDialled);
      const former = reserved;
      reserved = reserveConnection(connection, MAX_RESERVED_MS);
      isUntaken = true;
      await former?.drop();
      // The forward may have been closed during the greeting.
      if (signal.aborted) await reserved.drop();
      return rfbVersion;
    },
    /** Hands over the connection once; undefined when it is taken, expired or closed. */
    take() {
      isUntaken = false;
      return reserved?.take();
    },
    /** Closes the connection unless it was taken; safe to call twice. */
    close: async () => reserved?.drop(),
  };
}

type ReservedConnection = ReturnType<typeof reserveConnection>;

/**
 * Keeps a greeted connection for the next client, for at most `maxAgeMs`.
 *
 * After its greeting the server waits for the client (RFC 6143 §7.1.1). If it closes or sends anything before, it has
 * given up on the client, and the connection is dropped.
 */
export function reserveConnection(stream: Duplex, maxAgeMs: number) {
  const greeting: Buffer | null = stream.read();
  let isTaken = false;
  const timer = setTimeout(drop, maxAgeMs);
  timer.unref();
  stream.on('readable', drop);

  async function drop(): Promise<void> {
    if (isTaken) return;
    clearTimeout(timer);
    await closeStream(stream);
  }

  return {
    /** Closes the connection unless it was taken; safe to call twice. */
    drop,
    /** Hands over the connection once, greeting included; undefined when it is taken, expired or closed. */
    take() {
      if (isTaken || stream.destroyed) return undefined;
      isTaken = true;
      clearTimeout(timer);
      stream.off('readable', drop);
      if (greeting !== null) stream.unshift(greeting);
      return stream;
    },
  };
}
