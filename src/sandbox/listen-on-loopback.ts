import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** Starts listening on 127.0.0.1 and answers with the port; 0 asks for any free one. @throws EADDRINUSE */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
