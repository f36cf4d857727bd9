import type { Duplex } from 'node:stream';

/** How long delivering the last bytes may take after their sender has closed. */
const FLUSH_MS = 30_000;

/**
 * Pipes two streams into each other until both are closed, and closes them.
 *
 * Directions end independently (half-close), with backpressure. Data received before a regular end is delivered unless
 * the reader stalls for 30 s; an error on one side closes the other.
 */
export async function joinStreams(
  first: Duplex,
  second: Duplex,
  flushMs = FLUSH_MS,
): Promise<void> {
  await Promise.all([
    pipeUntilClosed(first, second, flushMs),
    pipeUntilClosed(second, first, flushMs),
  ]);
}

/** Pipes `source` to `sink`, then closes `sink`; settles when `source` is closed. */
async function pipeUntilClosed(source: Duplex, sink: Duplex, flushMs: number): Promise<void> {
  // Handled by the `close` that follows.
  source.on('error', () => {});
  source.pipe(sink);
  if (!source.closed) await new Promise((resolve) => source.once('close', resolve));
  const needsFlush = source.readableEnded && !sink.writableFinished && !sink.destroyed;
  if (!needsFlush) {
    sink.destroy();
    return;
  }
  const late = setTimeout(() => sink.destroy(), flushMs);
  sink.once('close', () => clearTimeout(late));
  sink.once('finish', () => sink.destroy());
}
