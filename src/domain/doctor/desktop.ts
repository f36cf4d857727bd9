import { isDeskError } from '../../errors/desk-error.js';
import {
  type Endpoint,
  formatEndpoint,
  formatLoginNode,
  LOOPBACK,
  type LoginNode,
  type Route,
  SSH_PORT,
} from '../../model/endpoint.js';
import type { Transport } from '../../transport/transport.js';
import type { Deadline, Facts } from './diagnostics.js';
import { blockedBy, type Finding, fail, failure, judge, pass, skip, warn } from './finding.js';
import { judgeCluster } from './judge-login.js';
import { judgeLoginNode } from './judge-ssh.js';

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

/** Whether the session's port can be reached through the user's route. */
export function judgeNodePort(facts: Facts): Finding {
  return withSession(facts, (target) => {
    const { desktop, via } = facts;
    if (desktop === undefined) return blockedBy('loginNode');
    if (via !== undefined && judgeLoginNode(facts).status !== 'pass') return blockedBy('loginNode');
    const viaText = via === undefined ? undefined : formatLoginNode(via);
    const open = pass('nodePort.open', { target, via: viaText });
    return judge(
      desktop,
      () => open,
      (error) => {
        if (!isDeskError(error, 'tunnel.unreachable')) return open;
        if (viaText === undefined) return failure(error);
        const { reason } = error.details;
        // Message of sshd for `AllowTcpForwarding no` and `PermitOpen` (channels.c).
        return /administratively prohibited/.test(reason)
          ? fail('nodePort.noForwarding', { via: viaText, reason })
          : fail('nodePort.closed', { target, via: viaText, reason });
      },
    );
  });
}

/** Whether an RFB server answers there. */
export function judgeRfb(facts: Facts): Finding {
  return withSession(facts, (target) => {
    if (facts.desktop === undefined || judgeNodePort(facts).status !== 'pass') {
      return blockedBy('nodePort');
    }
    return judge(facts.desktop, ({ rfbVersion }) => pass('rfb.greets', { target, rfbVersion }));
  });
}

/** A failing session list is only a warning: `create` returns the existing session too. */
function withSession(facts: Facts, ofTarget: (target: string) => Finding): Finding {
  const { session } = facts;
  if (session === undefined) return blockedBy('token');
  if (session.kind !== 'value' && judgeCluster(facts).status !== 'pass')
    return blockedBy('cluster');
  if (session.kind === 'late') return warn('late', { limitMs: session.limitMs });
  return judge(
    session,
    (target) =>
      target === undefined ? skip('session.none', {}) : ofTarget(formatEndpoint(target)),
    (error) => failure(error, error.family === 'unsafe' ? 'fail' : 'warn'),
  );
}
