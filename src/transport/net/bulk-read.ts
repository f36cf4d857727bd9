import type { OnReadOpts, Socket } from 'node:net';
import { getDefaultHighWaterMark, type Readable } from 'node:stream';

/** Reads of this size are few enough that their number no longer limits (measured: half of it carries a quarter less). */
const BUFFER_BYTES = 512 * 1024;
/** At least the `highWaterMark` of a socket: a sink that is given so much asks to wait until all of it is written. */
const LENT_BYTES = Math.max(64 * 1024, getDefaultHighWaterMark(false));

/**
 * How a socket reads in large pieces, all into one buffer (`onread`, net.connect). It behaves as any other, but for what
 * `lend` says.
 */
export function bulkRead(socketOf: () => Socket): OnReadOpts {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  return {
    buffer,
    callback: (count) => lend(buffer.subarray(0, count), socketOf()),
  };
}

/**
 * Hands bytes to the reader of a stream, and answers whether more may come. To a `data` listener a large piece is only
 * lent: it is good until the stream flows on, which suits `pipe` into a socket. All else is copied.
 */
export function lend(bytes: Buffer, stream: Readable): boolean {
  const mayLend =
    bytes.length >= LENT_BYTES &&
    stream.readableFlowing === true &&
    stream.readableLength === 0 &&
    !stream.destroyed;
  if (!mayLend) return stream.push(Buffer.from(bytes));
  stream.emit('data', bytes);
  return stream.readableFlowing;
}
