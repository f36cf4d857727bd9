import { createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../transport/net/listen.js';
import { openOwnPeers } from '../transport/net/own-peers.js';

/** A listener on 127.0.0.1 that accepts connections of our user only. */
export interface OwnListener {
  readonly port: number;
  /** Resolves when it is closed; never rejects. */
  readonly closed: Promise<void>;
  /** Destroys all connections; idempotent. */
  close(): Promise<void>;
}

/**
 * Listens and passes on each connection of our user before any byte is read; others are closed. The caller closes it.
 *
 * @param port - 0: any free port.
 * @throws tunnel.portTaken, tunnel.cannotListen, tunnel.peersUnknown
 */
export async function listenForOwnUser(
  port: number,
  onClient: (socket: Socket) => void,
): Promise<OwnListener> {
  const peers = await openOwnPeers();
  const sockets = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true, noDelay: true }, async (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // `close` follows.
    socket.on('error', () => {});
    if ((await peers.isOwn(socket)) && !socket.destroyed) onClient(socket);
  });
  const closed = new Promise<void>((resolve) => {
    server.once('close', () => resolve(peers.close()));
  });
  try {
    return {
      port: await listenOnLoopback(server, port),
      closed,
      close() {
        server.close();
        for (const socket of sockets) socket.destroy();
        return closed;
      },
    };
  } catch (error) {
    await peers.close();
    throw error;
  }
}
