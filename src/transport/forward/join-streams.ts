import type { Duplex } from 'node:stream';

/**
 * Carries bytes both ways until both streams are closed, and closes them.
 *
 * Each direction ends by itself, as with sockets, and waits for a slow reader. What was received whole is delivered
 * whole; where one side breaks, the other is closed.
 */
export async function joinStreams(first: Duplex, second: Duplex): Promise<void> {
  await Promise.all([follow(first, second), follow(second, first)]);
}

/** Carries `source` to `sink`, and closes `sink` after `source`; settles when `source` is closed. */
async function follow(source: Duplex, sink: Duplex): Promise<void> {
  // The close that comes after every error is what counts.
  source.on('error', () => {});
  source.pipe(sink);
  if (!source.closed) await new Promise((resolve) => source.once('close', resolve));
  const mustFlush = source.readableEnded && !sink.writableFinished;
  if (mustFlush) sink.once('finish', () => sink.destroy());
  else sink.destroy();
}
