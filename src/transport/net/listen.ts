import { once } from 'node:events';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { DeskError } from '../../errors/desk-error.js';
import { describeSystemError } from './describe-system-error.js';

/** Listens; the caller closes the server. @throws the system's error */
export async function listen(server: Server, where: ListenOptions): Promise<void> {
  server.listen(where);
  await once(server, 'listening');
  // Later errors are failed accepts (EMFILE); the server keeps listening.
  server.on('error', () => {});
}

/**
 * Listens on 127.0.0.1 and returns the port.
 *
 * @param port - 0 picks a free one.
 * @throws tunnel.portTaken, tunnel.cannotListen
 */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  try {
    await listen(server, { host: '127.0.0.1', port, exclusive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isTaken = code === 'EADDRINUSE' || code === 'EACCES';
    throw isTaken ? new DeskError('tunnel.portTaken', { port }) : cannotListen(error);
  }
  return (server.address() as AddressInfo).port;
}

/** Turns the system's error of a failed listen into tunnel.cannotListen. */
export function cannotListen(error: unknown): DeskError {
  return new DeskError('tunnel.cannotListen', { reason: describeSystemError(error) });
}

/** Binds a free port on 127.0.0.1, as a forward would, and releases it. @throws the system's error */
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
