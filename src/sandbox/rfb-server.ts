import { createServer, type Server, type Socket } from 'node:net';
import { DeskError } from '../errors/desk-error.js';
import { type Display, portOfDisplay } from '../model/endpoint.js';
import { createByteChannel } from './byte-channel.js';
import type { Desktop, DesktopOptions } from './desktop.js';
import { listenOnLoopback } from './listen-on-loopback.js';
import { pickDisplay } from './pick-display.js';
import { converse } from './rfb-conversation.js';
import { greetClient } from './rfb-handshake.js';
import { drawTestCard, type Picture } from './test-card.js';

const MAX_TRIES = 32;
const MAX_CLIENTS = 32;

/**
 * Starts the built-in RFB 3.8 server (RFC 6143) that shows the test card, for machines without Xvnc; the caller closes it.
 *
 * @throws xvnc.failed when no port could be had.
 */
export async function startRfbServer(options: DesktopOptions): Promise<Desktop> {
  const { widthPx, heightPx, signal } = options;
  const picture = drawTestCard(widthPx, heightPx);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    options.onClientsChanged(sockets.size);
    // The reason is the client's business: every end of a connection is an end.
    socket.on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      options.onClientsChanged(sockets.size);
    });
    void serve(socket, picture, options.vncPassword);
  });
  server.maxConnections = MAX_CLIENTS;
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const display = await listenOnFreeDisplay(server, signal);
  return {
    display,
    widthPx,
    heightPx,
    closed,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

async function serve(socket: Socket, picture: Picture, vncPassword: string | undefined) {
  const channel = createByteChannel(socket);
  try {
    if (await greetClient(channel, picture, 'hpc-desk sandbox', vncPassword)) {
      await converse(channel, picture);
    }
    socket.end();
  } catch {
    socket.destroy();
  }
}

async function listenOnFreeDisplay(server: Server, signal: AbortSignal): Promise<Display> {
  let reason = '';
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    signal.throwIfAborted();
    const display = pickDisplay();
    try {
      await listenOnLoopback(server, portOfDisplay(display));
      return display;
    } catch (error) {
      // Taken by somebody else: the next one.
      reason = (error as Error).message;
    }
  }
  throw new DeskError('xvnc.failed', { reason });
}
