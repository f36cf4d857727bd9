import { platform } from 'node:process';
import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { formatEndpoint, formatLoginNode, type Route } from '../../model/endpoint.js';
import { dial } from '../net/dial.js';
import type { Environment } from '../process/child-environment.js';
import type { ForwardOptions } from '../transport.js';
import type { ControlMaster } from './control-master.js';

export type RouteOptions = Pick<ForwardOptions, 'route' | 'mayAsk' | 'timeoutMs'> & {
  readonly environment: Environment;
  /** Shared login, if any; its owner closes it. */
  readonly controlMaster?: ControlMaster | undefined;
};

/**
 * Opens one connection to the desktop. Destroying the stream closes the whole route; over ssh a failure comes later, as
 * the stream's error.
 *
 * @throws tunnel.unreachable, ssh.missing; with a control master ssh.*; the signal's reason when aborted.
 */
export async function dialRoute(options: RouteOptions, signal: AbortSignal): Promise<Duplex> {
  const { route } = options;
  if (route.kind === 'direct') return dial(route.target, signal);
  const [login, { openStdioForward }, { openSocketpair }] = await Promise.all([
    options.controlMaster?.logIn(signal),
    import('../ssh/stdio-forward.js'),
    import('../net/socketpair.js'),
  ]);
  // For throughput; a child on Windows takes no socket. Falls back to a pipe.
  const output =
    platform === 'win32' ? undefined : await openSocketpair(signal).catch(() => undefined);
  signal.throwIfAborted();
  return openStdioForward(route, { ...options, login, output });
}

export function connectTimeoutError(route: Route): DeskError {
  const reason = 'connection timed out';
  return route.kind === 'ssh'
    ? new DeskError('ssh.exited', { via: formatLoginNode(route.via), exitCode: null, reason })
    : new DeskError('tunnel.unreachable', { target: formatEndpoint(route.target), reason });
}
