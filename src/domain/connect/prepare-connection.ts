import type { LoginNode } from '../../model/endpoint.js';
import type { Transport } from '../../transport/create-transport.js';
import type { PrepareOptions } from '../../transport/transport.js';
import { chooseDisplayMode } from './display-mode.js';

export interface Preparation<Found> extends Omit<PrepareOptions, 'via'> {
  /** Undefined without a login node. */
  readonly via: LoginNode | undefined;
  /** As for `chooseDisplayMode`. */
  readonly viewer: string;
  /** Requests the session from the platform. */
  findSession(): Promise<Found>;
}

/**
 * Runs concurrently: the ssh login, the request to the platform, the search for viewers.
 *
 * @throws like `findSession`, else viewer.missing; nothing is left running then.
 */
export async function prepareConnection<Found>(
  transport: Transport,
  { findSession, viewer, via, ...options }: Preparation<Found>,
) {
  const login = via && (await transport.prepareRoute({ ...options, via }));
  const [found, mode] = await Promise.allSettled([
    findSession(),
    chooseDisplayMode(transport, viewer),
  ]);
  if (found.status === 'fulfilled' && mode.status === 'fulfilled') {
    return {
      found: found.value,
      mode: mode.value,
      /** `Transport.openForward`, through the login already started. */
      openForward: (login ?? transport).openForward,
      /** Ends the login unless a forward has taken it over; safe to call twice. */
      close: async () => login?.close(),
    };
  }
  await login?.close();
  throw found.status === 'rejected' ? found.reason : (mode as PromiseRejectedResult).reason;
}
