import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The connection between one client and the platform. */
export interface Link {
  readonly client: Socket;
  /** 0…1, from the seed. */
  readonly random: () => number;
  /** Stops accepting connections and resets the existing ones. */
  die(): void;
}

/** How a link fails; without a hook, data is passed on unchanged. */
export interface Fault {
  /** Replaces the whole relay. */
  readonly onConnect?: (link: Link) => void;
  /** Replaces passing on a request. */
  readonly onRequest?: (link: Link, request: Buffer, platform: Socket) => void;
  /** Replaces passing on a complete response. */
  readonly onAnswer?: (link: Link, answer: Buffer) => void | Promise<void>;
}

export interface FaultProxy {
  readonly port: number;
  openConnections(): number;
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1 to a platform that sends chunked responses; the caller closes it. */
export async function startFaultProxy(
  platformPort: number,
  fault: Fault,
  random: () => number,
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    track(client, sockets);
    track(client, clients);
    const die = () => {
      server.close();
      for (const socket of sockets) socket.resetAndDestroy();
    };
    const link = { client, random, die };
    if (fault.onConnect === undefined) {
      relay(link, fault, dial(platformPort, sockets));
    } else {
      client.on('end', () => client.end()).resume();
      fault.onConnect(link);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    openConnections: () => clients.size,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes piece by piece with pauses, as a slow network delivers it. */
export async function sendInPieces(
  { client }: Link,
  bytes: Buffer,
  pieceBytes: number,
  pauseMs: () => number,
): Promise<void> {
  for (let at = 0; at < bytes.length && !client.destroyed; at += pieceBytes) {
    client.write(bytes.subarray(at, at + pieceBytes));
    await sleep(pauseMs());
  }
}

/** Returns the same numbers for the same seed, 0…1 (Mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const END_OF_ANSWER = Buffer.from('\r\n0\r\n\r\n');

function relay(link: Link, { onRequest, onAnswer }: Fault, platform: Socket): void {
  const { client } = link;
  let answer = Buffer.alloc(0);
  client.on('data', (chunk) => {
    if (onRequest === undefined) platform.write(chunk);
    else onRequest(link, chunk, platform);
  });
  client.on('end', () => {
    platform.end();
    // A client that has ended does not wait for a platform that sends nothing more.
    client.end();
  });
  client.on('close', () => platform.destroy());
  platform.on('data', (chunk) => {
    answer = Buffer.concat([answer, chunk]);
    if (answer.subarray(-END_OF_ANSWER.length).compare(END_OF_ANSWER) !== 0) return;
    const whole = answer;
    answer = Buffer.alloc(0);
    if (onAnswer === undefined) client.write(whole);
    else void onAnswer(link, whole);
  });
  platform.on('close', () => client.end());
}

function dial(port: number, sockets: Set<Socket>): Socket {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  track(socket, sockets);
  return socket;
}

function track(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
}
