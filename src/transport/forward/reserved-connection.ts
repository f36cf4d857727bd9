import type { Duplex } from 'node:stream';
import { closeStream } from '../net/dial.js';
import type { RouteOptions } from './dial-route.js';
import { proveDesktop } from './prove-desktop.js';

/** Servers give up on a client that says nothing; past this age a fresh connection is safer. */
const MAX_RESERVED_MS = 30_000;

/** The connection that was the last proof that a desktop answers, while nobody has taken it. */
export interface Proof {
  /** Proves it anew, as `proveDesktop` does, and answers with the version of the greeting. */
  renew(onDialled?: () => void): Promise<string>;
  /** Hands the connection over, once; nothing when it is no longer good. */
  take(): Duplex | undefined;
  /** Whether nobody has asked for the last connection yet. */
  readonly isUntaken: () => boolean;
  /** Ends the connection, unless it was taken, and waits for it; safe to call twice. */
  close(): Promise<void>;
}

export function keepProof(route: RouteOptions, signal: AbortSignal): Proof {
  let reserved: ReservedConnection | undefined;
  let isUntaken = true;
  return {
    isUntaken: () => isUntaken,
    async renew(onDialled) {
      const { connection, rfbVersion } = await proveDesktop(route, signal, onDialled);
      const former = reserved;
      reserved = reserveConnection(connection, MAX_RESERVED_MS);
      isUntaken = true;
      await former?.drop();
      // The forward may have been closed between the greeting and now.
      if (signal.aborted) await reserved.drop();
      return rfbVersion;
    },
    take() {
      isUntaken = false;
      return reserved?.take();
    },
    close: async () => reserved?.drop(),
  };
}

export interface ReservedConnection {
  /** Hands the connection over, once, as fresh as it was; nothing when it is no longer good. */
  take(): Duplex | undefined;
  /** Ends the connection, unless it was taken, and waits for it; safe to call twice. */
  drop(): Promise<void>;
}

/**
 * Keeps a greeted connection for the first client, for at most `maxAgeMs`.
 *
 * After its greeting a server waits for the client (RFC 6143 §7.1.1). Whatever it does before that, be it an end or more
 * bytes, means that it has lost patience, and the connection is dropped.
 */
export function reserveConnection(stream: Duplex, maxAgeMs: number): ReservedConnection {
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
    drop,
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
