import { once } from 'node:events';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { DeskError } from '../../errors/desk-error.js';
import type { Port } from '../../model/endpoint.js';
import { describeSystemError } from './describe-system-error.js';

/** Listens; whoever made the server closes it. */
export async function listen(server: Server, where: ListenOptions): Promise<void> {
  server.listen(where);
  await once(server, 'listening');
  // Later errors concern one client that could not be accepted (too many open files); the others go on.
  server.on('error', () => {});
}

/**
 * Listens on 127.0.0.1 and answers with the port.
 *
 * @param port - 0: any free one.
 * @throws tunnel.portTaken, tunnel.cannotListen
 */
export async function listenOnLoopback(server: Server, port: number): Promise<Port> {
  try {
    await listen(server, { host: '127.0.0.1', port, exclusive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES';
    throw isTaken ? new DeskError('tunnel.portTaken', { port }) : cannotListen(error);
  }
  return (server.address() as AddressInfo).port as Port;
}

/** What the system said when we wanted to listen, as an error of ours. */
export function cannotListen(error: unknown): DeskError {
  return new DeskError('tunnel.cannotListen', { reason: describeSystemError(error) });
}

/** Listens on a free port of 127.0.0.1 for a moment, as a forward would. @throws the system's error */
export async function findFreePort(signal: AbortSignal): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  try {
    await once(server, 'listening', { signal });
    return (server.address() as AddressInfo).port;
  } finally {
    server.close();
  }
}
