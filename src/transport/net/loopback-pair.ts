import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { bulkRead } from './bulk-read.js';

/** The two ends of one connection, both here; whoever has an end closes it. */
export interface LoopbackPair {
  /** Ours to read; large pieces are lent, see `bulkRead`. */
  readonly near: Socket;
  /** For a child's stdio; paused. */
  readonly far: Socket;
}

/**
 * Connects this process to itself over 127.0.0.1; of all that connect, only our own port is accepted. Undefined where that
 * cannot be done.
 *
 * The buffer of such a connection grows with its traffic, that of a pipe does not: a child that writes much, and we, need
 * not wait for each other at every turn (with ssh about twice the throughput, measured).
 */
export async function openLoopbackPair(signal: AbortSignal): Promise<LoopbackPair | undefined> {
  const server = createServer({ pauseOnConnect: true });
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket));
  let near: Socket | undefined;
  let far: Socket | undefined;
  try {
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true });
    await once(server, 'listening', { signal });
    const { port } = server.address() as AddressInfo;
    const ours: Socket = connect({ host: '127.0.0.1', port, onread: bulkRead(() => ours) });
    near = ours.on('error', () => {});
    await once(near, 'connect', { signal });
    const ownPort = near.localPort;
    for (;;) {
      far = accepted.find(({ remotePort }) => remotePort === ownPort);
      if (far !== undefined) return { near, far };
      await once(server, 'connection', { signal });
    }
  } catch {
    near?.destroy();
    return undefined;
  } finally {
    server.close();
    for (const socket of accepted) if (socket !== far) socket.destroy();
  }
}
