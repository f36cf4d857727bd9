import type { Socket } from 'node:net';

/** A connection as straight `await` code sees it: one reader and one writer at a time. */
export interface ByteChannel {
  /** Reads exactly so many bytes. @throws Error when the connection ends before. */
  read(count: number): Promise<Buffer>;
  /** Writes, and waits while the other side does not keep up; the end of the connection ends the wait too. */
  write(bytes: Buffer): Promise<void>;
}

/** Takes over the reading side of a socket; the caller keeps and closes the socket. */
export function createByteChannel(socket: Socket): ByteChannel {
  const reading = wakeOn(socket, 'readable');
  const writing = wakeOn(socket, 'drain');
  return {
    async read(count) {
      if (count === 0) return Buffer.alloc(0);
      for (;;) {
        const chunk: Buffer | null = socket.read(count);
        if (chunk?.length === count) return chunk;
        // At the end of the stream `read` hands out what is left, however little.
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
 * Waits for an event again and again with one listener that stays: a stream that holds a few bytes announces them to
 * every new listener at once, and a loop that adds one each time would spin without ever letting more bytes in.
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
