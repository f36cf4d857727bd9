import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { type Endpoint, formatEndpoint } from '../../model/endpoint.js';
import { bulkRead } from './bulk-read.js';
import { describeSystemError } from './describe-system-error.js';

/** Silence on the line after which the kernel starts to ask whether the other side is still there. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Opens a TCP connection, half-open and without Nagle's delay, that reads in bulk (`bulkRead`); the caller destroys it.
 * Whoever reads it sees an error of the line as its `close`.
 *
 * @throws tunnel.unreachable; the signal's reason when aborted.
 */
export async function dial(target: Endpoint, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  const socket: Socket = connect({
    onread: bulkRead(() => socket),
    host: target.host,
    port: target.port,
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  // A connection between two readers must not bring the process down.
  socket.on('error', () => {});
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    await closeStream(socket);
    signal.throwIfAborted();
    const details = { target: formatEndpoint(target), reason: describeSystemError(error) };
    throw new DeskError('tunnel.unreachable', details);
  }
}

/** Destroys a stream, with an error for whoever listens, and waits until it is closed; safe to call on one that is closed already. */
export async function closeStream(stream: Duplex, error?: Error): Promise<void> {
  stream.destroy(error);
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
}
