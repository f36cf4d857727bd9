import type { Readable } from 'node:stream';
import { DeskError, isDeskError } from '../../errors/desk-error.js';
import { MAX_READ_BYTES, MAX_RECEIVED_BYTES } from './budget.js';
import { ProtocolError } from './protocol-error.js';

export type ByteReader = ReturnType<typeof createByteReader>;

/**
 * Reads exact byte counts from a stream, one read at a time. Takes over the readable side; the caller owns the stream and
 * aborts a read by destroying it.
 *
 * @param target - host and port, for the error.
 */
export function createByteReader(stream: Readable, target: string, maxBytes = MAX_RECEIVED_BYTES) {
  let receivedBytes = 0;
  let wake = () => {};
  // One permanent listener: a stream with buffered bytes emits `readable` for each new listener, so a loop that adds one
  // per iteration would spin and starve the socket.
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

  /**
   * Reads exactly `count` bytes, at most 64 KiB.
   *
   * @throws tunnel.lost when the connection ends first, or the DeskError it failed with; ProtocolError over budget.
   */
  async function read(count: number): Promise<Buffer> {
    if (count > MAX_READ_BYTES) throw new Error(`a read of ${count} bytes`);
    if (count === 0) return Buffer.alloc(0);
    receivedBytes += count;
    if (receivedBytes > maxBytes) throw new ProtocolError(`sends more than ${maxBytes} bytes`);
    for (;;) {
      if (stream.destroyed) throw ended();
      const bytes: Buffer | null = stream.read(count);
      if (bytes?.length === count) return bytes;
      // At the end of the stream `read` returns fewer bytes than requested.
      if (stream.readableEnded) throw ended();
      await progress();
    }
  }

  return {
    read,
    /** Discards `count` bytes; no limit. */
    async skip(count: number) {
      for (let left = count; left > 0; left -= MAX_READ_BYTES) {
        await read(Math.min(left, MAX_READ_BYTES));
      }
    },
  };
}
