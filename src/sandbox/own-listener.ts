import { createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../transport/net/listen.js';
import { openOwnPeers } from '../transport/net/own-peers.js';

/** A port of 127.0.0.1 that serves our own user only. */
export interface OwnListener {
  readonly port: number;
  /** Settles once it is closed; never rejects. */
  readonly closed: Promise<void>;
  /** Cuts every connection; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Listens, and hands over each connection of our own user before a byte of it is read; everybody else is cut off. The
 * caller closes it.
 *
 * @param port - 0: any free one.
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
    // The reason is the client's business: every end of a connection is an end.
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
