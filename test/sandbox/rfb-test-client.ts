import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that only sends and receives bytes; deliberately shares no code with the server. */
export interface RfbTestClient {
  /** Sends bytes given in hexadecimal; spaces are ignored. */
  say(hex: string): Promise<void>;
  sayText(text: string): Promise<void>;
  hear(byteCount: number): Promise<Buffer>;
  /** Everything up to the end of the connection. */
  hearAll(): Promise<Buffer>;
  /** Whether nothing is waiting to be read. */
  hearsNothing(): boolean;
  readonly socket: Socket;
}

export async function connectRfb(
  port: number,
  { oneByteAtATime = false } = {},
): Promise<RfbTestClient> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let received = Buffer.alloc(0);
  let hasEnded = false;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    socket.emit('progress');
  });
  socket.on('error', () => {});
  socket.once('close', () => {
    hasEnded = true;
    socket.emit('progress');
  });
  await once(socket, 'connect');

  const send = async (bytes: Buffer) => {
    const pieces = oneByteAtATime ? [...bytes].map((byte) => Buffer.from([byte])) : [bytes];
    for (const piece of pieces) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
    }
  };
  const take = (byteCount: number) => {
    const head = received.subarray(0, byteCount);
    received = received.subarray(byteCount);
    return head;
  };
  return {
    socket,
    say: (hex) => send(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')),
    sayText: (text) => send(Buffer.from(text)),
    async hear(byteCount) {
      while (received.length < byteCount) {
        if (hasEnded) throw new Error(`ended after ${received.length} of ${byteCount} bytes`);
        await once(socket, 'progress');
      }
      return take(byteCount);
    },
    async hearAll() {
      while (!hasEnded) await once(socket, 'progress');
      return take(received.length);
    },
    hearsNothing: () => received.length === 0,
  };
}
