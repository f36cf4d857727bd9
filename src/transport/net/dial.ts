import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { type Endpoint, formatEndpoint } from '../../model/endpoint.js';
import { bulkRead } from './bulk-read.js';
import { describeSystemError } from './describe-system-error.js';
import { orAborted } from './with-deadline.js';

/** Idle time before the first TCP keep-alive probe. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Opens a half-open TCP connection with TCP_NODELAY and `bulkRead`; the caller destroys it. A later connection error
 * shows as `close`.
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
  // An `error` event without a listener would crash the process.
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

/** Destroys a stream, with an `error` event if one is given, and waits for `close`; safe to call on a closed stream. */
export async function closeStream(stream: Duplex, error?: Error): Promise<void> {
  stream.destroy(error);
  if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
}

/**
 * Resolves a host with getaddrinfo(3): hosts file, resolver, search list. An abort does not stop the system's lookup;
 * its result is then ignored.
 *
 * @throws the system's error with a code such as `ENOTFOUND` or `EAI_AGAIN`; the signal's reason when aborted.
 */
export async function lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]> {
  // Loading it reads the configuration of the resolver.
  const { lookup } = await import('node:dns/promises');
  const found = await orAborted(lookup(host, { all: true }), signal);
  return found.map(({ address }) => address);
}
