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

/** The details of each finding; the `i18n` catalogues turn them into text. */
export interface FindingDetails {
  /** Another check reports the cause. */
  blocked: { readonly by: CheckName };
  /** The check timed out. */
  late: { readonly limitMs: number };

  'check.passed': { readonly step: DesktopCheckName };
  /** Not run, because an earlier step failed. */
  'check.skipped': { readonly after: DesktopCheckName };

  'folder.private': { readonly path: string };
  /** On Windows, without file modes. */
  'folder.unchecked': { readonly path: string };
  'folder.absent': { readonly path: string };
  'folder.readOnly': { readonly path: string };

  'settings.valid': { readonly set: readonly string[] };

  'terminal.usable': { readonly columns: number; readonly hasColor: boolean };
  'terminal.piped': Record<never, never>;
  'terminal.dumb': Record<never, never>;
  'terminal.notUtf8': { readonly locale: string };
  'terminal.hidden': Record<never, never>;

  'freePort.found': { readonly port: number };
  'freePort.none': { readonly reason: string };

  'temporaryFolder.usable': { readonly path: string };
  'temporaryFolder.replaced': { readonly path: string; readonly used: string };
  'temporaryFolder.none': { readonly path: string; readonly reason: string };

  'addressSpace.unlimited': Record<never, never>;
  'addressSpace.enough': { readonly mebibytes: number };
  'addressSpace.little': { readonly mebibytes: number };

  'proxy.none': { readonly origin: string };
  'proxy.used': { readonly origin: string; readonly proxy: string };
  'proxy.withPassword': { readonly origin: string; readonly proxy: string };

  'dns.found': { readonly host: string; readonly addresses: readonly string[] };
  'dns.literal': { readonly host: string };
  'dns.byProxy': { readonly host: string };
  'dns.failed': { readonly host: string; readonly reason: string };

  'platform.answers': { readonly origin: string; readonly status: number };
  'tls.trusted': { readonly origin: string };
  'tls.onLoopback': { readonly origin: string };
  'tls.clearText': { readonly origin: string };

  'clock.right': { readonly offsetSeconds: number };
  'clock.wrong': { readonly offsetSeconds: number };
  'clock.unknown': { readonly origin: string };

  'token.lives': { readonly user: string; readonly expiresAt: string };
  'token.silent': { readonly user: string };
  'token.ending': { readonly user: string; readonly minutes: number };
  'token.expired': { readonly user: string; readonly expiresAt: string };

  'cluster.answers': { readonly origin: string; readonly schedulers: readonly string[] };

  'ssh.found': { readonly path: string; readonly version: string };
  'ssh.notNeeded': Record<never, never>;

  'keys.found': { readonly inAgent: number; readonly files: readonly string[] };
  /** `--identity`, here and in the next three. */
  'keys.named': { readonly path: string };
  'keys.open': { readonly path: string };
  'keys.expired': { readonly path: string; readonly expiredAt: string };
  'keys.ending': { readonly path: string; readonly leftMs: number };
  'keys.none': { readonly agent: AgentState };

  'hostKey.known': { readonly host: string; readonly fingerprints: readonly string[] };
  'hostKey.unknown': { readonly host: string; readonly command: string };
  'hostKey.acceptsNew': { readonly host: string };
  'hostKey.changed': {
    readonly host: string;
    readonly reason: string;
    readonly fingerprints: readonly string[];
  };
  'hostKey.unchecked': { readonly host: string };

  /** No login node by option, variable or setting. */
  'via.none': Record<never, never>;
  'loginNode.open': { readonly via: string };
  'loginNode.asks': { readonly via: string; readonly reason: string; readonly command: string };
  'loginNode.refuses': { readonly via: string; readonly reason: string; readonly command: string };
  'loginNode.fails': { readonly via: string; readonly reason: string; readonly command: string };
  'loginNode.silent': {
    readonly via: string;
    readonly timeoutMs: number;
    readonly command: string;
  };

  'session.none': Record<never, never>;
  'nodePort.open': { readonly target: string; readonly via: string | undefined };
  'nodePort.noForwarding': { readonly via: string; readonly reason: string };
  'nodePort.closed': { readonly target: string; readonly via: string; readonly reason: string };
  'rfb.greets': { readonly target: string; readonly rfbVersion: string };

  'viewers.found': { readonly name: string; readonly path: string; readonly count: number };
  'viewers.noneWanted': Record<never, never>;
  'viewers.none': { readonly install: string };
  'viewers.noDisplay': { readonly name: string; readonly problem: 'noDisplay' | 'deadDisplay' };

  'browser.found': { readonly opener: string };
  'browser.off': Record<never, never>;
  'browser.unseen': Record<never, never>;
  'browser.none': Record<never, never>;

  'tunnels.none': Record<never, never>;
  'tunnels.running': { readonly ids: readonly string[] };
  /** Reconnecting, or failed in the last day. */
  'tunnels.impaired': { readonly ids: readonly string[] };
}

/** `none`: no agent; `empty`: an agent without keys; `missing`: ssh-add not found. */
export type AgentState = 'none' | 'empty' | 'missing';

export type FindingCode = keyof FindingDetails;
