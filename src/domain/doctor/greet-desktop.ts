import { isDeskError } from '../../errors/desk-error.js';
import {
  type Endpoint,
  LOOPBACK,
  type LoginNode,
  type Route,
  SSH_PORT,
} from '../../model/endpoint.js';
import type { Transport } from '../../transport/transport.js';
import type { Deadline } from './diagnostics.js';

export interface Greeting {
  /** Empty when there was no session to be greeted by. */
  readonly rfbVersion: string;
}

/**
 * Opens one connection by the user's route and waits for the first words from its end; ssh may ask nothing. Without a
 * session the end is the login node's own ssh: whatever it says, or that it is not there, comes through the tunnel.
 *
 * @throws what `Transport.openForward` throws.
 */
export async function greetDesktop(
  transport: Transport,
  { target, via }: { readonly target: Endpoint | undefined; readonly via: LoginNode | undefined },
  { limitMs, signal }: Deadline,
): Promise<Greeting> {
  const end = target ?? { host: LOOPBACK, port: via?.port ?? SSH_PORT };
  const route: Route =
    via === undefined ? { kind: 'direct', target: end } : { kind: 'ssh', target: end, via };
  try {
    const forward = await transport.openForward({
      route,
      listen: { kind: 'tcp', port: 0 },
      mayAsk: false,
      // A little less than the look itself, so that the better message wins.
      timeoutMs: Math.floor(limitMs * 0.9),
      signal,
    });
    await forward.close();
    return { rfbVersion: forward.rfbVersion };
  } catch (error) {
    if (target === undefined && isDeskError(error, 'rfb.notRfb')) return { rfbVersion: '' };
    throw error;
  }
}
