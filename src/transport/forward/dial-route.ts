import type { Duplex } from 'node:stream';
import { DeskError } from '../../errors/desk-error.js';
import { formatEndpoint, formatLoginNode, type Route } from '../../model/endpoint.js';
import { dial } from '../net/dial.js';
import type { Environment } from '../process/child-environment.js';
import type { ForwardOptions } from '../transport.js';
import type { ControlMaster } from './control-master.js';

export type RouteOptions = Pick<ForwardOptions, 'route' | 'mayAsk' | 'timeoutMs'> & {
  readonly environment: Environment;
  /** Shared where there is one; its owner closes it. */
  readonly controlMaster?: ControlMaster | undefined;
  /** Whether much is going to come, and a child can be given a socket, which Windows does not know. */
  readonly isBulk?: boolean;
};

/** The longest that ssh may try to reach the login node; what follows may wait for a person. */
const MAX_CONNECT_TIMEOUT_S = 15;

/**
 * Opens one connection to the desktop by its route. Destroying the stream ends all of it; over ssh a failure comes later,
 * as the stream's error.
 *
 * @throws tunnel.unreachable, ssh.missing; with a shared login ssh.*; the signal's reason when aborted.
 */
export async function dialRoute(options: RouteOptions, signal: AbortSignal): Promise<Duplex> {
  const { route, environment, mayAsk, timeoutMs } = options;
  if (route.kind === 'direct') return dial(route.target, signal);
  const shared = await options.controlMaster?.connect(route.target, signal);
  if (shared !== undefined) return shared;
  const [{ openStdioForward }, { openSocketpair }] = await Promise.all([
    import('../ssh/stdio-forward.js'),
    import('../net/socketpair.js'),
  ]);
  // Without a socket a pipe does.
  const output =
    options.isBulk === true ? await openSocketpair(signal).catch(() => undefined) : undefined;
  signal.throwIfAborted();
  return openStdioForward(route, {
    environment,
    mayAsk,
    output,
    connectTimeoutS: connectTimeoutS(timeoutMs),
  });
}

/** The error of a dial that took too long. */
export function notReached(route: Route): DeskError {
  const reason = 'connection timed out';
  return route.kind === 'ssh'
    ? new DeskError('ssh.exited', { via: formatLoginNode(route.via), exitCode: null, reason })
    : new DeskError('tunnel.unreachable', { target: formatEndpoint(route.target), reason });
}

/** How long ssh may try to reach the login node, in whole seconds. */
export function connectTimeoutS(timeoutMs: number): number {
  return Math.min(Math.ceil(timeoutMs / 1_000), MAX_CONNECT_TIMEOUT_S);
}
