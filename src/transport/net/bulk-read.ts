import type { OnReadOpts, Socket } from 'node:net';
import { getDefaultHighWaterMark, type Readable } from 'node:stream';

/** Measured: half this size carries a quarter less; above it, the number of reads no longer limits throughput. */
const BUFFER_BYTES = 512 * 1024;
/** At least the sink's `highWaterMark`, so that such a write always reports backpressure until it is flushed. */
const LENT_BYTES = Math.max(64 * 1024, getDefaultHighWaterMark(false));

/** Reads a socket in large chunks into one reused buffer (`onread` of net.connect); see `lend`. */
export function bulkRead(socketOf: () => Socket): OnReadOpts {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  return {
    buffer,
    callback: (count) => lend(buffer.subarray(0, count), socketOf()),
  };
}

/**
 * Pushes bytes into a stream and returns whether to read on. A flowing stream gets a large chunk without a copy: a
 * `data` listener may use it only until it resumes the stream, as `pipe` into a socket does. Everything else is copied.
 */
export function lend(bytes: Buffer, stream: Readable): boolean {
  const canLend =
    bytes.length >= LENT_BYTES &&
    stream.readableFlowing === true &&
    stream.readableLength === 0 &&
    !stream.destroyed;
  if (!canLend) return stream.push(Buffer.from(bytes));
  stream.emit('data', bytes);
  return stream.readableFlowing;
}
