/** The checks of `doctor` in order of the report. Stable for scripts: names may be added, not renamed. */
export const CHECK_NAMES = [
  'folder',
  'settings',
  'terminal',
  'freePort',
  'temporaryFolder',
  'addressSpace',
  'proxy',
  'dns',
  'platform',
  'tls',
  'clock',
  'token',
  'cluster',
  'ssh',
  'keys',
  'hostKey',
  'loginNode',
  'nodePort',
  'rfb',
  'viewers',
  'browser',
  'tunnels',
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** The steps of `vnc check` in order. Stable for scripts. */
export const DESKTOP_CHECKS = [
  'login',
  'session',
  'route',
  'port',
  'rfb',
  'security',
  'frame',
] as const;

export type DesktopCheckName = (typeof DESKTOP_CHECKS)[number];

/** `warn`: works with a limitation or a fallback; `skip`: not applicable, or blocked by another check. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skip';

type NoDetails = Record<never, never>;

interface Findings {
  /** Another check reports the cause. */
  blocked: { by: CheckName };
  /** The check timed out. */
  late: { limitMs: number };

  'check.passed': { step: DesktopCheckName };
  /** Not run, because an earlier step failed. */
  'check.skipped': { after: DesktopCheckName };

  'folder.private': { path: string };
  /** On Windows, without file modes. */
  'folder.unchecked': { path: string };
  'folder.absent': { path: string };
  'folder.readOnly': { path: string };

  'settings.valid': { set: readonly string[] };

  'terminal.usable': { columns: number; hasColor: boolean };
  'terminal.piped': NoDetails;
  'terminal.dumb': NoDetails;
  'terminal.notUtf8': { locale: string };
  'terminal.hidden': NoDetails;

  'freePort.found': { port: number };
  'freePort.none': { reason: string };

  'temporaryFolder.usable': { path: string };
  'temporaryFolder.replaced': { path: string; used: string };
  'temporaryFolder.none': { path: string; reason: string };

  'addressSpace.unlimited': NoDetails;
  'addressSpace.enough': { mebibytes: number };
  'addressSpace.little': { mebibytes: number };

  'proxy.none': { origin: string };
  'proxy.used': { origin: string; proxy: string };
  'proxy.withPassword': { origin: string; proxy: string };

  'dns.found': { host: string; addresses: readonly string[] };
  'dns.literal': { host: string };
  'dns.byProxy': { host: string };
  'dns.failed': { host: string; reason: string };

  'platform.answers': { origin: string; status: number };
  'tls.trusted': { origin: string };
  'tls.onLoopback': { origin: string };
  'tls.clearText': { origin: string };

  'clock.right': { offsetSeconds: number };
  'clock.wrong': { offsetSeconds: number };
  'clock.unknown': { origin: string };

  'token.lives': { user: string; expiresAt: string };
  'token.silent': { user: string };
  'token.ending': { user: string; minutes: number };
  'token.expired': { user: string; expiresAt: string };

  'cluster.answers': { origin: string; schedulers: readonly string[] };

  'ssh.found': { path: string; version: string };
  'ssh.notNeeded': NoDetails;

  'keys.found': { inAgent: number; files: readonly string[] };
  /** `--identity`, here and in the next three. */
  'keys.named': { path: string };
  'keys.open': { path: string };
  'keys.expired': { path: string; expiredAt: string };
  'keys.ending': { path: string; leftMs: number };
  'keys.none': { agent: AgentState };

  'hostKey.known': { host: string; fingerprints: readonly string[] };
  'hostKey.unknown': { host: string; command: string };
  'hostKey.acceptsNew': { host: string };
  'hostKey.changed': { host: string; reason: string; fingerprints: readonly string[] };
  'hostKey.unchecked': { host: string };

  /** No login node by option, variable or setting. */
  'via.none': NoDetails;
  'loginNode.open': { via: string };
  'loginNode.asks': { via: string; reason: string; command: string };
  'loginNode.refuses': { via: string; reason: string; command: string };
  'loginNode.fails': { via: string; reason: string; command: string };
  'loginNode.silent': { via: string; timeoutMs: number; command: string };

  'session.none': NoDetails;
  'nodePort.open': { target: string; via: string | undefined };
  'nodePort.noForwarding': { via: string; reason: string };
  'nodePort.closed': { target: string; via: string; reason: string };
  'rfb.greets': { target: string; rfbVersion: string };

  'viewers.found': { name: string; path: string; count: number };
  'viewers.noneWanted': NoDetails;
  'viewers.none': { install: string };
  'viewers.noDisplay': { name: string; problem: 'noDisplay' | 'deadDisplay' };

  'browser.found': { opener: string };
  'browser.off': NoDetails;
  'browser.unseen': NoDetails;
  'browser.none': NoDetails;

  'tunnels.none': NoDetails;
  'tunnels.running': { ids: readonly string[] };
  /** Reconnecting, or failed in the last day. */
  'tunnels.impaired': { ids: readonly string[] };
}

/** The details of each finding; the `i18n` catalogues turn them into text. */
export type FindingDetails = { readonly [Code in keyof Findings]: Readonly<Findings[Code]> };

/** `none`: no agent; `empty`: an agent without keys; `missing`: ssh-add not found. */
export type AgentState = 'none' | 'empty' | 'missing';

export type FindingCode = keyof FindingDetails;
