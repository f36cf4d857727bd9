import type { Readable } from 'node:stream';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { MAX_READ_BYTES, MAX_RECEIVED_BYTES } from './budget.js';
import { ProtocolError } from './protocol-error.js';

/** A connection as straight `await` code sees it; one read at a time. */
export interface ByteReader {
  /**
   * Reads exactly so many bytes, at most 64 KiB.
   *
   * @throws tunnel.lost when the connection ends before, or the DeskError that it failed with; ProtocolError when the
   * connection has brought more than its budget.
   */
  read(count: number): Promise<Buffer>;
  /** Reads and forgets, however much. */
  skip(count: number): Promise<void>;
}

/**
 * Takes over the reading side of a stream; the caller keeps the stream, and ends a read by destroying it.
 *
 * @param target - host and port, for the error.
 */
export function createByteReader(
  stream: Readable,
  target: string,
  maxBytes = MAX_RECEIVED_BYTES,
): ByteReader {
  let receivedBytes = 0;
  let wake = () => {};
  // One listener that stays: a stream that holds a few bytes announces them to each new listener at once, and a loop
  // that adds one every time would spin without ever letting more bytes in.
  for (const event of ['readable', 'end', 'error', 'close']) stream.on(event, () => wake());
  const progress = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  function ended(): Error {
    if (isDeskError(stream.errored)) return stream.errored;
    const reason = stream.errored?.message ?? 'closed by the desktop';
    return new DeskError('tunnel.lost', { target, reason });
  }

  async function read(count: number): Promise<Buffer> {
    if (count > MAX_READ_BYTES) throw new Error(`a read of ${count} bytes`);
    if (count === 0) return Buffer.alloc(0);
    receivedBytes += count;
    if (receivedBytes > maxBytes) throw new ProtocolError(`sends more than ${maxBytes} bytes`);
    for (;;) {
      if (stream.destroyed) throw ended();
      const bytes: Buffer | null = stream.read(count);
      if (bytes?.length === count) return bytes;
      // At its end the stream hands out what is left, however little; that is in vain, and the end is told next.
      if (stream.readableEnded) throw ended();
      await progress();
    }
  }

  return {
    read,
    async skip(count) {
      for (let left = count; left > 0; left -= MAX_READ_BYTES) {
        await read(Math.min(left, MAX_READ_BYTES));
      }
    },
  };
}
