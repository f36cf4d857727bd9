import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint, IpAddress, Port } from '../../src/model/endpoint.js';

/** One step of a scripted desktop. After the last step the connection stays open and silent. */
export type DesktopStep =
  | Buffer
  /** Waits for this many bytes from the client. */
  | { readonly hear: number }
  /** Gives the client time to process what was sent. */
  | { readonly pauseMs: number }
  /** Sends the bytes repeatedly until the client disconnects. */
  | { readonly drip: Buffer; readonly everyMs: number }
  | { readonly flood: Buffer }
  | { readonly close: 'end' | 'reset' };

/** Approximate size of the chunks in which a flood is written. */
const FLOOD_BYTES = 64 * 1024;

export interface ScriptedDesktop {
  readonly target: Endpoint;
  /** All bytes received from clients. */
  heard(): Buffer;
  /** Bytes sent to clients, including those that they have not read yet. */
  sentBytes(): number;
  openConnections(): number;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that plays a script instead of implementing RFB. */
export async function startScriptedDesktop(
  script: readonly DesktopStep[],
  { oneByteAtATime = false } = {},
): Promise<ScriptedDesktop> {
  const sockets = new Set<Socket>();
  const heard: Buffer[] = [];
  let sentBeforeBytes = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      sentBeforeBytes += socket.bytesWritten;
    });
    void play(socket, script, heard, oneByteAtATime);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    target: { host: '127.0.0.1' as IpAddress, port: port as Port },
    heard: () => Buffer.concat(heard),
    sentBytes: () =>
      [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, sentBeforeBytes),
    openConnections: () => sockets.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function play(
  socket: Socket,
  script: readonly DesktopStep[],
  heard: Buffer[],
  oneByteAtATime: boolean,
): Promise<void> {
  let waiting = 0;
  socket.on('data', (chunk) => {
    heard.push(chunk);
    waiting += chunk.length;
    socket.emit('heard');
  });
  const gone = new Promise<false>((resolve) => socket.once('close', () => resolve(false)));
  const isThere = (event: string) =>
    Promise.race([new Promise<true>((resolve) => socket.once(event, () => resolve(true))), gone]);
  const send = (bytes: Buffer) => new Promise((resolve) => socket.write(bytes, resolve));

  for (const step of script) {
    if (socket.destroyed) return;
    if (Buffer.isBuffer(step)) {
      if (!oneByteAtATime) await send(step);
      else for (const byte of step) await send(Buffer.from([byte]));
    } else if ('hear' in step) {
      while (waiting < step.hear) if (!(await isThere('heard'))) return;
      waiting -= step.hear;
    } else if ('pauseMs' in step) {
      await sleep(step.pauseMs);
    } else if ('drip' in step) {
      const timer = setInterval(() => socket.write(step.drip), step.everyMs);
      socket.on('close', () => clearInterval(timer));
    } else if ('flood' in step) {
      const much = Buffer.concat(
        Array(Math.ceil(FLOOD_BYTES / step.flood.length)).fill(step.flood),
      );
      while (!socket.destroyed) if (!socket.write(much)) await isThere('drain');
    } else if (step.close === 'end') socket.end();
    else socket.resetAndDestroy();
  }
}
