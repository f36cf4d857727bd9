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

export interface SocketForward {
  readonly socketPath: string;
  stderrTail(): string;
  /** Settles when ssh has exited; never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null }>;
}

/** How long after a connection closes ssh may take to report the cause on stderr or to exit. */
const CAUSE_DELAY_MS = 400;

/**
 * Opens a connection through an authenticated ssh: like `openStdioForward`, without another process and login.
 *
 * @throws ssh.* when ssh has exited; tunnel.lost when the socket cannot be connected; the signal's reason when aborted.
 */
export async function openSocketForward(
  route: SshRoute,
  { socketPath, stderrTail, ended }: SocketForward,
  signal: AbortSignal,
): Promise<Duplex> {
  const before = stderrTail();
  const socket: Socket = connect({
    path: socketPath,
    allowHalfOpen: true,
    onread: bulkRead(() => socket),
  });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const waitForExit = () => Promise.race([ended, sleep(CAUSE_DELAY_MS, undefined, { ref: false })]);
  try {
    await once(socket, 'connect', { signal });
  } catch (error) {
    await closeStream(socket);
    signal.throwIfAborted();
    const exit = await waitForExit();
    if (exit !== undefined) throw classifyFailure(stderrTail(), exit.exitCode, route);
    const details = { target: formatEndpoint(route.target), reason: describeSystemError(error) };
    throw new DeskError('tunnel.lost', details);
  }
  // The socket notices the exit of ssh only on its next write, so `ended` is watched too.
  const failure = Promise.race([closed, ended]).then(async () => {
    const exit = await waitForExit();
    if (exit !== undefined) return classifyFailure(stderrTail(), exit.exitCode, route);
    const stderr = stderrTail();
    const added = stderr.startsWith(before) ? stderr.slice(before.length) : stderr;
    const isRefused = socket.bytesRead === 0 && added.includes('open failed');
    return isRefused ? classifyFailure(added, null, route) : undefined;
  });
  return streamOf({ stdin: socket, stdout: socket, failure, close: () => closeStream(socket) });
}
