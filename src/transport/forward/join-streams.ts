import type { Duplex } from 'node:stream';

/** How long the last bytes of one who has left may take to be delivered. */
const FLUSH_MS = 30_000;

/**
 * Carries bytes both ways until both streams are closed, and closes them.
 *
 * Each direction ends by itself, as with sockets, and waits for a slow reader. What was received whole is delivered
 * whole, unless its reader stalls for 30 s; where one side breaks, the other is closed.
 */
export async function joinStreams(
  first: Duplex,
  second: Duplex,
  flushMs = FLUSH_MS,
): Promise<void> {
  await Promise.all([follow(first, second, flushMs), follow(second, first, flushMs)]);
}

/** Carries `source` to `sink`, and closes `sink` after `source`; settles when `source` is closed. */
async function follow(source: Duplex, sink: Duplex, flushMs: number): Promise<void> {
  // The close that comes after every error is what counts.
  source.on('error', () => {});
  source.pipe(sink);
  if (!source.closed) await new Promise((resolve) => source.once('close', resolve));
  const mustFlush = source.readableEnded && !sink.writableFinished && !sink.destroyed;
  if (!mustFlush) {
    sink.destroy();
    return;
  }
  const late = setTimeout(() => sink.destroy(), flushMs);
  sink.once('close', () => clearTimeout(late));
  sink.once('finish', () => sink.destroy());
}
