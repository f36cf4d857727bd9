import type { Duplex } from 'node:stream';

/** Destroys a stream and waits until it is closed; safe to call on one that is closed already. */
export async function closeStream(stream: Duplex): Promise<void> {
  stream.destroy();
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
}
