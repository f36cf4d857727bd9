import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { bulkRead } from './bulk-read.js';

export type Socketpair = Awaited<ReturnType<typeof openSocketpair>>;

/**
 * socketpair(2), which Node lacks, as a TCP connection over 127.0.0.1. Other local users can connect too, so the
 * accepted socket is matched by all four of its addresses and ports.
 *
 * Unlike a pipe, a TCP socket has a buffer that grows, so a child that writes much need not alternate with its reader
 * (measured with ssh: about twice the throughput).
 *
 * @returns `near`, which lends large chunks (see `bulkRead`), and `far` for the stdio of a child, paused; the caller closes
 * both.
 * @throws the system's error; the signal's reason when aborted.
 */
export async function openSocketpair(signal?: AbortSignal) {
  signal?.throwIfAborted();
  const server = createServer({ pauseOnConnect: true });
  const accepted: Socket[] = [];
  server.on('connection', (socket) => accepted.push(socket.on('error', () => {})));
  let near: Socket | undefined;
  let far: Socket | undefined;
  try {
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true });
    await once(server, 'listening', { signal });
    const { port } = server.address() as AddressInfo;
    const ours: Socket = connect({ host: '127.0.0.1', port, onread: bulkRead(() => ours) });
    near = ours.on('error', () => {});
    await once(near, 'connect', { signal });
    for (;;) {
      far = accepted.find((socket) => areEnds(ours, socket));
      if (far !== undefined) return { near, far };
      await once(server, 'connection', { signal });
    }
  } catch (error) {
    near?.destroy();
    signal?.throwIfAborted();
    throw error;
  } finally {
    server.close();
    for (const socket of accepted) if (socket !== far) socket.destroy();
  }
}

function areEnds(one: Socket, other: Socket): boolean {
  return (
    one.localPort === other.remotePort &&
    one.localAddress === other.remoteAddress &&
    one.remotePort === other.localPort &&
    one.remoteAddress === other.localAddress
  );
}
