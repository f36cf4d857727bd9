import type { Socket } from 'node:net';

/** Promise-based reads and writes on a socket: one reader and one writer at a time. */
export interface ByteChannel {
  /** Reads exactly `count` bytes. @throws Error when the connection ends first. */
  read(count: number): Promise<Buffer>;
  /** Writes, and waits until the bytes are flushed or the connection has ended. */
  write(bytes: Buffer): Promise<void>;
}

/** Takes over the readable side; the caller owns and closes the socket. */
export function createByteChannel(socket: Socket): ByteChannel {
  let wake = () => {};
  // One permanent listener: a stream with buffered bytes emits `readable` for each new listener, so a loop that adds one
  // per iteration would spin and starve the socket.
  for (const event of ['readable', 'end', 'close']) socket.on(event, () => wake());
  const progress = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    async read(count) {
      if (count === 0) return Buffer.alloc(0);
      for (;;) {
        const chunk: Buffer | null = socket.read(count);
        if (chunk?.length === count) return chunk;
        // At the end of the stream `read` returns fewer bytes than requested.
        if (chunk !== null || socket.readableEnded || socket.destroyed) throw new Error('ended');
        await progress();
      }
    },
    write: (bytes) => new Promise((resolve) => void socket.write(bytes, () => resolve())),
  };
}
