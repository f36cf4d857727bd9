import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface Eavesdropper {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  heard(): { readonly connections: number; readonly bytes: number };
  text(): string;
  close(): Promise<void>;
}

/** Listens on both loopback addresses, never responds, and records every connection and every byte. */
export async function startEavesdropper(): Promise<Eavesdropper> {
  const sockets = new Set<Socket>();
  const chunks: Buffer[] = [];
  let connections = 0;
  const listen = async (host: string, port: number): Promise<Server> => {
    const server = createServer((socket) => {
      connections += 1;
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
      socket.on('data', (chunk) => chunks.push(chunk));
    });
    server.listen(port, host);
    await once(server, 'listening');
    return server;
  };
  const server = await listen('127.0.0.1', 0);
  const { port } = server.address() as AddressInfo;
  // Without IPv6, or with another program on this port, only 127.0.0.1 is used.
  const other = await listen('::1', port).catch(() => undefined);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    heard: () => ({ connections, bytes: chunks.reduce((sum, { length }) => sum + length, 0) }),
    text: () => Buffer.concat(chunks).toString('latin1'),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(
        [server, other].map((one) => one && new Promise((resolve) => one.close(resolve))),
      );
    },
  };
}
