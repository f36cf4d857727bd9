import type { Duplex } from 'node:stream';
import { closeStream } from '../net/dial.js';

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
