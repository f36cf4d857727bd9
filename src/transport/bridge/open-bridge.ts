import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  authenticatePage,
  type Channel,
  CLOSE_CODES,
  type PageLanguage,
  type PageOptions,
  RFB_SUBPROTOCOL,
} from '../../model/page.js';
import { listenOnLoopback } from '../net/listen.js';
import { openOwnPeers, type PeerOptions } from '../net/own-peers.js';
import { createTickets, isDesktopUpgrade, isFileRequest } from './gate.js';
import { headersFor, readPage, refuseUpgrade } from './page-files.js';
import { streamOf } from './socket-stream.js';

export interface BridgeOptions extends PeerOptions {
  /** On 127.0.0.1; 0: any free port. */
  readonly port: number;
  readonly page: PageOptions;
  readonly language: PageLanguage;
  /** Receives each authenticated page as an RFB stream; the receiver closes it. */
  readonly onClient: (client: Duplex) => void;
}

const KIB = 1024;
const HTTP_LIMITS = {
  maxHeaderSize: 8 * KIB,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // How often both timeouts are checked.
  connectionsCheckingInterval: 1_000,
};
const SOCKET_LIMITS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: KIB * KIB,
  // For the closing handshake.
  closeTimeout: 1_000,
  handleProtocols: () => RFB_SUBPROTOCOL,
};
const MAX_CONNECTIONS = 16;
const MAX_DESKTOPS = 8;
/** A browser needs milliseconds. */
const HANDSHAKE_MS = 10_000;
/** Longer than any handshake message of a page. */
const MAX_MESSAGE_BYTES = 128;
const NONCE_BYTES = 32;

export type Bridge = Awaited<ReturnType<typeof openBridge>>;

/**
 * Serves the browser page on 127.0.0.1 and the desktop to WebSockets that pass the mutual authentication of
 * `model/page.ts`.
 *
 * @throws tunnel.portTaken, tunnel.cannotListen, bridge.failed
 */
export async function openBridge({ port, page, language, onClient, ...options }: BridgeOptions) {
  const files = await readPage(language);
  const peers = await openOwnPeers(options);
  const tickets = createTickets(() => performance.now());
  const server = createServer(HTTP_LIMITS);
  const boundPort = await listenOnLoopback(server, port).catch(async (error) => {
    await peers.close();
    throw error;
  });
  // The only accepted Host.
  const host = `127.0.0.1:${boundPort}`;
  const headers = headersFor(host);
  const sockets = new WebSocketServer(SOCKET_LIMITS);

  const desktops = new Set<WebSocket>();
  const secrets = {
    find: tickets.find,
    admit(id: string) {
      const keys = tickets.admit(id);
      return keys === undefined ? undefined : { ...page, keys };
    },
  };

  const admissions = new WeakMap<Duplex, Promise<boolean>>();
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    admissions.set(socket, admit(socket));
  });

  /** Whether a connection belongs to our user and is within the limit; only those count towards it. */
  async function admit(socket: Socket): Promise<boolean> {
    if (!(await peers.isOwn(socket)) || socket.destroyed) return false;
    if (connections.size >= MAX_CONNECTIONS) {
      socket.destroy();
      return false;
    }
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    return true;
  }

  server.on('request', async (request, response) => {
    if (!(await admissions.get(request.socket))) return;
    const file = isFileRequest(request, host) ? files.get(request.url ?? '') : undefined;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // A refusal has no details.
    if (file === undefined) {
      response.writeHead(403, { connection: 'close', 'content-length': 0 }).end();
    } else response.setHeader('content-type', file.type).end(file.bytes);
  });

  server.on('upgrade', async (request, socket, head) => {
    if (!(await admissions.get(socket))) return;
    if (!isDesktopUpgrade(request, host)) return refuseUpgrade(socket, headers);
    sockets.handleUpgrade(request, socket, head, (client) => void authenticate(client));
  });

  async function authenticate(client: WebSocket): Promise<void> {
    // `close` follows.
    client.on('error', () => {});
    if (desktops.size >= MAX_DESKTOPS) return client.close(CLOSE_CODES.full);
    const limit = setTimeout(() => client.terminate(), HANDSHAKE_MS);
    const nonce = randomBytes(NONCE_BYTES).toString('hex');
    const verdict = await authenticatePage(channelOf(client), secrets, { host, nonce });
    clearTimeout(limit);
    // Already closed: no `close` event would follow.
    if (client.readyState !== client.OPEN) return;
    if (verdict === 'admitted') {
      desktops.add(client);
      client.once('close', () => desktops.delete(client));
      onClient(streamOf(client));
    } else if (verdict === 'unknown') client.close(CLOSE_CODES.unknownSecret);
    else client.terminate();
  }

  return {
    host: '127.0.0.1' as const,
    port: boundPort,
    /** A single-use link to the page, valid for 60 s; a secret. */
    issueLink: () => `http://${host}/#${tickets.issueLink()}`,
    /** Stops listening and waits until all connections are closed; idempotent. */
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      // Before their streams are destroyed, so that the pages do not reconnect.
      for (const client of sockets.clients) client.close(CLOSE_CODES.goingAway);
      await Promise.all([closed, peers.close()]);
    },
  };
}

/** One message at a time; unexpected messages are dropped. */
function channelOf(client: WebSocket): Channel {
  return {
    send: (message) => client.send(message),
    receive: () =>
      new Promise((resolve) => {
        client.once('message', (bytes: Buffer, isBinary) => {
          resolve(isBinary || bytes.length > MAX_MESSAGE_BYTES ? '' : bytes.toString());
        });
        client.once('close', () => resolve(undefined));
      }),
  };
}
