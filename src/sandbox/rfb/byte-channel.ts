import type { Socket } from 'node:net';

/** Promise-based reads and writes on a socket: one reader and one writer at a time. */
export interface ByteChannel {
  /** Reads exactly `count` bytes. @throws Error when the connection ends first. */
  read(count: number): Promise<Buffer>;
  /** Writes and waits for `drain` or the end of the connection. */
  write(bytes: Buffer): Promise<void>;
}

/** Takes over the readable side; the caller owns and closes the socket. */
export function createByteChannel(socket: Socket): ByteChannel {
  const reading = wakeOn(socket, 'readable');
  const writing = wakeOn(socket, 'drain');
  return {
    async read(count) {
      if (count === 0) return Buffer.alloc(0);
      for (;;) {
        const chunk: Buffer | null = socket.read(count);
        if (chunk?.length === count) return chunk;
        // At the end of the stream `read` returns fewer bytes than requested.
        if (chunk !== null || socket.readableEnded || socket.destroyed) throw new Error('ended');
        await reading.next();
      }
    },
    async write(bytes) {
      if (!socket.write(bytes) && !socket.destroyed) await writing.next();
    },
  };
}

/**
 * Waits for an event with one permanent listener: a stream with buffered bytes emits `readable` for each new listener, so a
 * loop that adds one per iteration would spin and starve the socket.
 */
function wakeOn(socket: Socket, name: 'readable' | 'drain') {
  let wake = () => {};
  for (const event of [name, 'end', 'close']) socket.on(event, () => wake());
  return {
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
  };
}
