import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { GOOD, head, length } from './http-parts.js';

export interface TlsServer {
  readonly port: number;
  /** Complete requests received. */
  requests(): number;
  close(): Promise<void>;
}

const ANSWER = `${head(200, length(GOOD.length))}${GOOD}`;

/** A TLS server that answers every request with success. */
export function startTlsServer(
  options: TlsOptions,
  onConnection: (socket: TLSSocket) => void = () => {},
): Promise<TlsServer> {
  let requests = 0;
  const server = createTlsServer(options, (socket) => {
    onConnection(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      if (!chunk.toString('latin1').includes('\r\n\r\n')) return;
      requests += 1;
      socket.write(ANSWER);
    });
  });
  server.on('tlsClientError', () => {});
  return listen(server, () => requests);
}

/** A server that receives the first bytes of a handshake and then calls `speak`. */
export function startNoTlsServer(speak: (socket: Socket) => void): Promise<TlsServer> {
  return listen(
    createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => speak(socket));
    }),
    () => 0,
  );
}

async function listen(server: Server, requests: () => number): Promise<TlsServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
