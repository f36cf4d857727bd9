import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { formatEndpoint } from '../../model/endpoint.js';
import { describeSystemError } from '../net/describe-system-error.js';
import { closeStream } from '../net/dial.js';
import { withDeadline } from '../net/with-deadline.js';
import { readGreeting } from '../rfb/greeting.js';
import { connectTimeoutError, dialRoute, type RouteOptions } from './dial-route.js';

/**
 * Opens a connection and waits for the RFB greeting, which stays unread; the caller closes the connection.
 *
 * @param onDialled - Called when the connection is open, before the greeting.
 * @throws tunnel.unreachable, tunnel.lost, ssh.*, rfb.notRfb, rfb.lockedOut, rfb.timeout; the signal's reason when
 * aborted.
 */
export async function proveDesktop(
  options: RouteOptions,
  signal: AbortSignal,
  onDialled?: () => void,
) {
  const { timeoutMs } = options;
  const target = formatEndpoint(options.route.target);
  let connection: Duplex | undefined;
  const onTimeout = () =>
    connection === undefined
      ? connectTimeoutError(options.route)
      : new DeskError('rfb.timeout', { target, timeoutMs });
  try {
    return await withDeadline({ timeoutMs, signal, onTimeout }, async (limit) => {
      connection = await dialRoute(options, limit);
      onDialled?.();
      return { connection, rfbVersion: await readGreeting(connection, target, limit) };
    });
  } catch (error) {
    if (connection !== undefined) await closeStream(connection);
    // A connection that breaks before the greeting fails with a system error.
    throw error instanceof Error && 'syscall' in error
      ? new DeskError('tunnel.lost', { target, reason: describeSystemError(error) })
      : error;
  }
}
