import type { Duplex } from 'node:stream';

/** Destroys a stream, with an error for whoever listens, and waits until it is closed; safe to call on one that is closed already. */
export async function closeStream(stream: Duplex, error?: Error): Promise<void> {
  stream.destroy(error);
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
}
