import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import { formatEndpoint } from '../../model/endpoint.js';
import { bulkRead } from '../net/bulk-read.js';
import { describeSystemError } from '../net/describe-system-error.js';
import { closeStream } from '../net/dial.js';
import type { SshRoute } from './arguments.js';
import { classifyFailure } from './classify-failure.js';
import { streamOf } from './stdio-forward.js';

/** An ssh that has logged in and carries every connection to a Unix socket to the target. */
export interface SocketForward {
  readonly socketPath: string;
  /** The last of what ssh complained. */
  complaints(): string;
  /** Settles when ssh has ended; never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null }>;
}

/** How much later than the end of a connection its cause, which ssh tells elsewhere, may be known here. */
const NEWS_MS = 400;

/**
 * Opens a connection to the route's target through an ssh that has logged in already, as `openStdioForward` does through
 * one of its own. It costs no process and no login.
 *
 * @throws ssh.* when that ssh has ended, tunnel.lost when the system cannot open a connection; the signal's reason when aborted.
 */
export async function openSocketForward(
  route: SshRoute,
  { socketPath, complaints, ended }: SocketForward,
  signal: AbortSignal,
): Promise<Duplex> {
  const before = complaints();
  const socket: Socket = connect({
    path: socketPath,
    allowHalfOpen: true,
    onread: bulkRead(() => socket),
  });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const endOfSsh = () => Promise.race([ended, sleep(NEWS_MS, undefined, { ref: false })]);
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    await closeStream(socket);
    signal.throwIfAborted();
    const end = await endOfSsh();
    if (end !== undefined) throw classifyFailure(complaints(), end.exitCode, route);
    const details = { target: formatEndpoint(route.target), reason: describeSystemError(error) };
    throw new DeskError('tunnel.lost', details);
  }
  // The end of ssh ends the connection only when we write to it next.
  const failure = Promise.race([closed, ended]).then(async () => {
    const end = await endOfSsh();
    if (end !== undefined) return classifyFailure(complaints(), end.exitCode, route);
    const words = complaints();
    const news = words.startsWith(before) ? words.slice(before.length) : words;
    const isRefused = socket.bytesRead === 0 && news.includes('open failed');
    return isRefused ? classifyFailure(news, null, route) : undefined;
  });
  return streamOf({ stdin: socket, stdout: socket, failure, close: () => closeStream(socket) });
}
