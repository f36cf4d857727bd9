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
  /** Empty without a session. */
  readonly rfbVersion: string;
}

/**
 * Opens one connection through the user's route, without prompts, and waits for the first bytes. Without a session it
 * connects to the login node's own sshd: any response through the tunnel proves the route.
 *
 * @throws like `Transport.openForward`.
 */
export async function greetDesktop(
  transport: Transport,
  { target, via }: { readonly target: Endpoint | undefined; readonly via: LoginNode | undefined },
  { limitMs, signal }: Deadline,
): Promise<Greeting> {
  const endpoint = target ?? { host: LOOPBACK, port: via?.port ?? SSH_PORT };
  const route: Route =
    via === undefined
      ? { kind: 'direct', target: endpoint }
      : { kind: 'ssh', target: endpoint, via };
  try {
    const forward = await transport.openForward({
      route,
      listen: { kind: 'tcp', port: 0 },
      mayAsk: false,
      // Shorter than the probe's limit, for its more specific error.
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
