import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Port } from '../../model/endpoint.js';
import {
  type PageLanguage,
  type PageSession,
  type PageWishes,
  RFB_SUBPROTOCOL,
} from '../../model/page.js';
import { listenOnLoopback } from '../net/listen.js';
import { openOwnPeers, type PeerOptions } from '../net/own-peers.js';
import { headersFor, readBody, refuse, refuseUpgrade } from './answers.js';
import { admitRequest, keyOfUpgrade } from './gate.js';
import { readPage } from './page-files.js';
import { streamOf } from './socket-stream.js';
import { createTickets } from './tickets.js';

export interface BridgeOptions extends PeerOptions {
  /** On 127.0.0.1; 0: any free one. */
  readonly port: number;
  readonly page: PageWishes;
  readonly language: PageLanguage;
  /** Receives each page that wants the desktop, as a stream of RFB; whoever receives it closes it. */
  readonly onClient: (client: Duplex) => void;
}

export interface Bridge {
  readonly host: '127.0.0.1';
  readonly port: Port;
  /** A link to the page, a secret: good once and for 60 s. */
  issueLink(): string;
  /** Stops listening and waits until everybody has left; safe to call twice. */
  close(): Promise<void>;
}

const KIB = 1024;
const HTTP_LIMITS = {
  maxHeaderSize: 8 * KIB,
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  // How often both are looked at.
  connectionsCheckingInterval: 1_000,
};
const SOCKET_LIMITS = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: KIB * KIB,
  // How long a page may take to say goodbye.
  closeTimeout: 1_000,
  handleProtocols: () => RFB_SUBPROTOCOL,
};
const MAX_CONNECTIONS = 16;
const MAX_DESKTOPS = 8;
/** Longer than any secret. */
const MAX_WORD_BYTES = 64;

/**
 * Serves the browser page on 127.0.0.1 and lets its WebSockets, and nobody else, reach the desktop (`gate.ts` says who).
 *
 * @throws tunnel.portTaken, tunnel.cannotListen, bridge.failed
 */
export async function openBridge({
  port,
  page,
  language,
  onClient,
  ...options
}: BridgeOptions): Promise<Bridge> {
  const files = await readPage(language);
  const peers = await openOwnPeers(options);
  const tickets = createTickets(() => performance.now());
  const server = createServer(HTTP_LIMITS);
  const boundPort = await listenOnLoopback(server, port).catch(async (error) => {
    await peers.close();
    throw error;
  });
  // The one name that this server goes by.
  const host = `127.0.0.1:${boundPort}`;
  const headers = headersFor(host);
  const sockets = new WebSocketServer(SOCKET_LIMITS);

  const admissions = new WeakMap<Duplex, Promise<boolean>>();
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => {});
    admissions.set(socket, admit(socket));
  });

  /** Whether a connection is our own user's and there is room for it; only those take up room. */
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
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    await answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const admission = admitRequest(request, { host, paths: new Set(files.keys()) });
    if (admission.kind === 'refused') return refuse(response);
    if (admission.kind === 'session') return answerSession(request, response);
    const file = files.get(admission.path);
    response.setHeader('content-type', file?.type ?? '');
    response.end(file?.bytes);
  }

  async function answerSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = tickets.exchange((await readBody(request, MAX_WORD_BYTES)) ?? '');
    if (key === undefined) return refuse(response);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ...page, key } satisfies PageSession));
  }

  server.on('upgrade', async (request, socket, head) => {
    if (!(await admissions.get(socket))) return;
    const key = keyOfUpgrade(request, host);
    const isAdmitted =
      key !== undefined && tickets.isKey(key) && sockets.clients.size < MAX_DESKTOPS;
    if (!isAdmitted) return refuseUpgrade(socket, headers);
    sockets.handleUpgrade(request, socket, head, (client) => onClient(streamOf(client)));
  });

  return {
    host: '127.0.0.1',
    port: boundPort,
    issueLink: () => `http://${host}/#${tickets.issueLink()}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, peers.close()]);
    },
  };
}
