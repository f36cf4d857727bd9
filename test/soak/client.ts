import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ForwardAddress } from '../../src/transport/transport.js';

export const FRAMES = 30;
const FRAME_BYTES = 1_024;
const GREETING_BYTES = 12;

/** Connects a client that stays connected; resolves after the greeting. */
export async function attach(address: ForwardAddress): Promise<Socket> {
  const socket = connect(address.kind === 'socket' ? { path: address.path } : address);
  socket.on('error', () => {});
  const [greeting] = await once(socket, 'data');
  if (String(greeting) !== 'RFB 003.008\n') throw new Error(`greeted with ${greeting}`);
  return socket;
}

/** One complete connection of a client: greeting, 30 echoed frames, close. */
export async function cycle(address: ForwardAddress): Promise<void> {
  const socket = await attach(address);
  const closed = once(socket, 'close');
  const expected = GREETING_BYTES + FRAMES * FRAME_BYTES;
  for (let frame = 0; frame < FRAMES; frame += 1) socket.write(Buffer.alloc(FRAME_BYTES, frame));
  while (socket.bytesRead < expected) await once(socket, 'data');
  socket.end();
  await closed;
}
