import type { Duplex } from 'node:stream';
import { DeskError, isDeskError, isFinalFailure } from '../../errors/desk-error.js';
import { formatEndpoint } from '../../model/endpoint.js';
import { describeSystemError } from '../net/describe-system-error.js';
import { closeStream } from '../net/dial.js';
import { withDeadline } from '../net/with-deadline.js';
import type { ForwardEvent } from '../transport.js';
import { connectTimeoutError, dialRoute, type RouteOptions } from './dial-route.js';
import { joinStreams } from './join-streams.js';

export interface ServeOptions extends RouteOptions {
  /** Settles when the desktop has answered or failed. */
  readonly proven: Promise<unknown>;
  /** The reserved connection, if it is still usable. */
  readonly takeProof: () => Duplex | undefined;
  /** Called for a failure that every further client would meet. */
  readonly onFinalFailure: (failure: DeskError) => void;
  readonly report: (event: ForwardEvent) => void;
  /** Closes every client and its connection; later clients are refused. */
  readonly signal: AbortSignal;
}

/** Serves the clients of a forward. A failed connection closes only its client, unless the failure is final. */
export function serveClients(options: ServeOptions) {
  const { report, route, signal } = options;
  const clients = new Map<Duplex, Promise<void>>();

  async function serve(client: Duplex): Promise<void> {
    const served = connect(client);
    clients.set(client, served);
    await served;
    clients.delete(client);
  }

  async function connect(client: Duplex): Promise<void> {
    client.on('error', () => {});
    let hasJoined = false;
    try {
      await options.proven;
      // Leaves the reserved connection to the next client.
      if (client.destroyed) return;
      const connection = options.takeProof() ?? (await dialWithTimeout(options, signal));
      connection.once('data', () => {
        hasJoined = true;
        report({ kind: 'joined' });
      });
      await joinStreams(client, connection);
      if (connection.errored !== null) throw connection.errored;
    } catch (error) {
      await closeStream(client, isDeskError(error) ? error : undefined);
      if (!signal.aborted) reportFailure(error);
    }
    if (hasJoined) report({ kind: 'left' });
  }

  function reportFailure(error: unknown): void {
    if (isFinalFailure(error)) options.onFinalFailure(error);
    else report({ kind: 'lost', failure: asLoss(error, formatEndpoint(route.target)) });
  }

  return {
    /** Joins a client with the reserved connection if usable, else with a new one; never throws. */
    serve,
    /** Waits for all clients after the signal has aborted; safe to call twice. */
    async close() {
      for (const client of clients.keys()) client.destroy();
      await Promise.all(clients.values());
    },
  };
}

function dialWithTimeout(options: RouteOptions, signal: AbortSignal): Promise<Duplex> {
  const { timeoutMs, route } = options;
  const onTimeout = () => connectTimeoutError(route);
  return withDeadline({ timeoutMs, signal, onTimeout }, (limit) => dialRoute(options, limit));
}

function asLoss(error: unknown, target: string): DeskError {
  return isDeskError(error)
    ? error
    : new DeskError('tunnel.lost', { target, reason: describeSystemError(error) });
}
