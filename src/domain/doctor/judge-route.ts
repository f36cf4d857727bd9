import { isDeskError } from '../../errors/desk-error.js';
import {
  formatEndpoint,
  formatLoginNode,
  type LoginNode,
  sshLineOf,
} from '../../model/endpoint.js';
import { formatZonedTime } from '../../model/time.js';
import { KEY_ENDS_SOON_MS, type NamedKey } from '../connect/choose-route.js';
import { blockedBy, type Finding, fail, failure, judge, pass, skip, warn } from './finding.js';
import type { Facts } from './gather-facts.js';
import { judgeCluster } from './judge-login.js';

export function judgeSsh({ ssh, via }: Facts): Finding {
  return judge(
    ssh,
    ({ path, version }) => pass('ssh.found', { path, version }),
    (error) => {
      const isUnneeded = via === undefined && isDeskError(error, 'ssh.missing');
      return isUnneeded ? skip('ssh.notNeeded', {}) : failure(error);
    },
  );
}

/** Fails only for a named key: ssh can ask for a password. */
export function judgeKeys(facts: Facts): Finding {
  const { keys, identity } = facts;
  if (identity !== undefined) return judge(identity, (key) => judgeNamedKey(key, facts));
  if (keys === undefined) return blockedBy('loginNode');
  return judge(
    keys,
    ({ agent, files }) => {
      if (typeof agent === 'number') return pass('keys.found', { inAgent: agent, files });
      return files.length > 0
        ? pass('keys.found', { inAgent: 0, files })
        : warn('keys.none', { agent });
    },
    () => blockedBy('ssh'),
  );
}

function judgeNamedKey(
  { path, isOpenToOthers, expiresAt }: NamedKey,
  { now, timeZone }: Facts,
): Finding {
  if (isOpenToOthers) return fail('keys.open', { path });
  if (expiresAt === undefined) return pass('keys.named', { path });
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0)
    return fail('keys.expired', { path, expiredAt: formatZonedTime(expiresAt, timeZone) });
  return leftMs <= KEY_ENDS_SOON_MS
    ? warn('keys.ending', { path, leftMs })
    : pass('keys.named', { path });
}

/** A connection that ssh rejected for the host key decides, otherwise the known_hosts files. */
export function judgeHostKey({ hostKey, desktop, via }: Facts): Finding {
  if (hostKey === undefined || via === undefined) return blockedBy('loginNode');
  return judge(
    hostKey,
    ({ name: host, fingerprints, policy }) => {
      if (fingerprints.length === 0) return judgeUnknownKey(host, policy, via);
      if (desktop?.kind === 'error' && isDeskError(desktop.error, 'ssh.hostKey')) {
        const { reason } = desktop.error.details;
        return fail('hostKey.changed', { host, reason, fingerprints });
      }
      return isUnchecked(policy)
        ? warn('hostKey.unchecked', { host })
        : pass('hostKey.known', { host, fingerprints });
    },
    () => blockedBy('ssh'),
  );
}

export function judgeLoginNode({ desktop, via }: Facts): Finding {
  if (via === undefined) return skip('via.none', {});
  if (desktop === undefined) return blockedBy('ssh');
  const facts = { via: formatLoginNode(via), command: sshLineOf(via) };
  const open = pass('loginNode.open', { via: facts.via });
  return judge(
    desktop,
    () => open,
    (error) => {
      if (isDeskError(error, 'ssh.missing')) return blockedBy('ssh');
      if (isDeskError(error, 'ssh.hostKey')) return blockedBy('hostKey');
      if (isDeskError(error, 'ssh.authFailed')) return judgeRefusal(error.details.reason, facts);
      if (isDeskError(error, 'ssh.exited')) {
        return fail('loginNode.fails', { ...facts, reason: error.details.reason });
      }
      if (isDeskError(error, 'rfb.timeout')) {
        return fail('loginNode.silent', { ...facts, timeoutMs: error.details.timeoutMs });
      }
      // Any other error arrived through the login node.
      return open;
    },
  );
}

function judgeUnknownKey(host: string, policy: string, via: LoginNode): Finding {
  if (isUnchecked(policy)) return warn('hostKey.unchecked', { host });
  return policy === 'accept-new'
    ? pass('hostKey.acceptsNew', { host })
    : fail('hostKey.unknown', { host, command: sshLineOf(via) });
}

/** `StrictHostKeyChecking=no` and its synonyms (ssh_config(5)). */
function isUnchecked(policy: string): boolean {
  return /^(false|no|off)$/.test(policy);
}

/** A server that also accepts passwords or codes would have asked, but the probe allows no prompts. */
function judgeRefusal(
  reason: string,
  facts: { readonly via: string; readonly command: string },
): Finding {
  const canAsk = /\b(password|keyboard-interactive)\b/.test(reason);
  return canAsk
    ? warn('loginNode.asks', { ...facts, reason })
    : fail('loginNode.refuses', { ...facts, reason });
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
