/** Exit code of each error family. */
export const EXIT_CODES = {
  bug: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  refused: 5,
  network: 6,
  connection: 7,
  unhealthy: 8,
  local: 9,
  busy: 10,
  unsafe: 11,
} as const;

export type Family = keyof typeof EXIT_CODES;

interface Ambiguous {
  readonly selector: string | undefined;
  readonly matches: readonly string[];
}

interface NotFound {
  readonly selector: string | undefined;
  readonly suggestion?: string | undefined;
}

/** The details of each error; the `i18n` catalogues turn them into text. */
export interface ErrorDetails {
  'bug.unexpected': { readonly reason: string };

  'usage.unknownCommand': { readonly word: string; readonly suggestion: string | undefined };
  'usage.unknownOption': { readonly option: string; readonly suggestion: string | undefined };
  'usage.missingCommand': { readonly group: string };
  'usage.missingArgument': { readonly argument: string };
  'usage.missingValue': { readonly option: string };
  'usage.missingOption': { readonly option: string; readonly example: string };
  'usage.tooManyArguments': { readonly word: string };
  'usage.invalidValue': {
    readonly name: string;
    readonly value: string;
    readonly expected: string;
    readonly suggestion?: string | undefined;
  };
  'usage.conflict': { readonly first: string; readonly second: string };
  'usage.unknownField': {
    readonly field: string;
    readonly fields: readonly string[];
    readonly suggestion: string | undefined;
  };
  'usage.formatNotOffered': { readonly format: string };
  'usage.unknownSetting': { readonly key: string; readonly suggestion: string | undefined };
  'usage.secretInArguments': { readonly option: string; readonly instead: string };
  'usage.needsInput': { readonly what: NeededInput; readonly example: string };
  'usage.invalidToken': { readonly problem: TokenProblem };
  'usage.needsTerminal': { readonly option: string };
  'usage.bytesToTerminal': { readonly option: string };
  'usage.fileExists': { readonly path: string };
  'usage.plainHttp': { readonly url: string };
  'session.ambiguous': Ambiguous;
  'tunnel.ambiguous': Ambiguous;
  'cluster.ambiguous': Ambiguous;
  'session.notFound': NotFound;
  'cluster.notFound': NotFound;
  'tunnel.notFound': NotFound;
  'profile.notFound': {
    readonly profile: string;
    readonly suggestion?: string | undefined;
  };

  'cluster.disabled': { readonly cluster: string };

  'auth.required': { readonly profile: string; readonly suggestion?: string | undefined };
  'auth.noApiUrl': Record<never, never>;
  'auth.expired': { readonly expiredAt: string | undefined };
  'auth.rejected': Record<never, never>;
  'auth.otherOrigin': { readonly issuedFor: string; readonly requested: string };

  'platform.refused': { readonly platformCode: string };
  /** HTTP 403 without a platform code. */
  'platform.forbidden': { readonly origin: string };
  'platform.fault': { readonly platformCode: string };
  'platform.busy': Record<never, never>;
  'platform.rateLimited': { readonly retryAfterSeconds: number | undefined };

  'network.unreachable': { readonly origin: string; readonly reason: string };
  'network.timeout': { readonly origin: string; readonly timeoutMs: number };
  /** `clock`: local time, ISO 8601 in UTC, when the certificate is not valid at that time. */
  'network.tls': { readonly origin: string; readonly reason: string; readonly clock?: string };
  'network.redirect': { readonly origin: string; readonly status: number; readonly target: string };
  'network.unusableAnswer': { readonly endpoint: string; readonly problem: string };

  'ssh.hostKey': { readonly via: string; readonly reason: string };
  'ssh.authFailed': { readonly via: string; readonly reason: string };
  'ssh.exited': { readonly via: string; readonly exitCode: number | null; readonly reason: string };
  'tunnel.unreachable': { readonly target: string; readonly reason: string };
  'tunnel.lost': { readonly target: string; readonly reason: string };
  'tunnel.notStarted': { readonly log: string };
  'tunnel.portTaken': { readonly port: number };
  'tunnel.cannotListen': { readonly reason: string };
  'tunnel.peersUnknown': { readonly problem: PeersProblem };
  'rfb.notRfb': { readonly target: string; readonly received: string };
  'rfb.broken': { readonly target: string; readonly problem: string };
  'rfb.authFailed': { readonly target: string };
  'rfb.lockedOut': { readonly target: string; readonly reason: string };
  'rfb.timeout': { readonly target: string; readonly timeoutMs: number };
  'viewer.failed': {
    readonly viewer: string;
    readonly exitCode: number | null;
    readonly reason: string;
  };
  'bridge.failed': { readonly reason: string };
  'bridge.unused': { readonly limitMs: number };

  'ssh.missing': { readonly platform: NodeJS.Platform };
  'viewer.missing': { readonly viewer: string; readonly known: readonly string[] };
  'viewer.noDisplay': { readonly viewer: string; readonly problem: DisplayProblem };
  'xvnc.failed': { readonly reason: string };
  'output.failed': { readonly reason: string };
  'store.damaged': { readonly path: string };
  'store.unsafe': {
    readonly path: string;
    readonly problem: string;
    /** `remount`: the file system does not store modes. */
    readonly remedy: 'replace' | 'chmod' | 'remount';
  };
  /** HOME is not an absolute path, and there is no passwd entry. */
  'store.noHome': { readonly variable: string };
  'store.full': { readonly path: string };
  /** A resource limit of this process: `ulimit -v`, `ulimit -n`. */
  'system.limit': { readonly limit: 'addressSpace' | 'openFiles'; readonly reason: string };
  'store.unusable': { readonly path: string; readonly reason: string };
  /** `path`: the lock folder; `pid`: its holder, if it is a process of this machine. */
  'store.locked': { readonly path: string; readonly pid: number | undefined };

  'unsafe.value': { readonly field: string; readonly value: string };

  /** Names exit code 8; never thrown, since `vnc check` and `doctor` print their report on stdout instead. */
  'check.failed': { readonly failed: readonly string[] };
}

export type NeededInput = 'credentials' | 'token' | 'secretKey' | 'password';

/** `noDisplay`: neither DISPLAY nor WAYLAND_DISPLAY is set. `deadDisplay`: no X server listens at DISPLAY. */
export type DisplayProblem = 'noDisplay' | 'deadDisplay';

/** `noTable`: the kernel's TCP table does not list our connections; `sharedUid`: our uid is the overflow uid. */
export type PeersProblem = 'noTable' | 'sharedUid';

export type TokenProblem = 'empty' | 'blank' | 'lineBreak' | 'nonAscii' | 'tooLong';

export type ErrorCode = keyof ErrorDetails;

/** The family of each code. Stable for scripts: codes may be added, but not moved or renamed. */
export const FAMILIES = {
  'bug.unexpected': 'bug',
  'usage.unknownCommand': 'usage',
  'usage.unknownOption': 'usage',
  'usage.missingCommand': 'usage',
  'usage.missingArgument': 'usage',
  'usage.missingValue': 'usage',
  'usage.missingOption': 'usage',
  'usage.tooManyArguments': 'usage',
  'usage.invalidValue': 'usage',
  'usage.conflict': 'usage',
  'usage.unknownField': 'usage',
  'usage.formatNotOffered': 'usage',
  'usage.unknownSetting': 'usage',
  'usage.secretInArguments': 'usage',
  'usage.needsInput': 'usage',
  'usage.invalidToken': 'usage',
  'usage.needsTerminal': 'usage',
  'usage.bytesToTerminal': 'usage',
  'usage.fileExists': 'usage',
  'usage.plainHttp': 'usage',
  'session.ambiguous': 'usage',
  'cluster.ambiguous': 'usage',
  'tunnel.ambiguous': 'usage',
  'session.notFound': 'notFound',
  'cluster.notFound': 'notFound',
  'tunnel.notFound': 'notFound',
  'profile.notFound': 'notFound',
  'cluster.disabled': 'refused',
  'auth.required': 'auth',
  'auth.noApiUrl': 'auth',
  'auth.expired': 'auth',
  'auth.rejected': 'auth',
  'auth.otherOrigin': 'auth',
  'platform.refused': 'refused',
  'platform.forbidden': 'refused',
  'platform.fault': 'refused',
  'platform.busy': 'busy',
  'platform.rateLimited': 'busy',
  'network.unreachable': 'network',
  'network.timeout': 'network',
  'network.tls': 'network',
  'network.redirect': 'network',
  'network.unusableAnswer': 'network',
  'ssh.hostKey': 'connection',
  'ssh.authFailed': 'connection',
  'ssh.exited': 'connection',
  'tunnel.unreachable': 'connection',
  'tunnel.lost': 'connection',
  'tunnel.notStarted': 'connection',
  'tunnel.portTaken': 'connection',
  'tunnel.cannotListen': 'connection',
  'tunnel.peersUnknown': 'connection',
  'rfb.notRfb': 'connection',
  'rfb.broken': 'connection',
  'rfb.authFailed': 'connection',
  'rfb.lockedOut': 'connection',
  'rfb.timeout': 'connection',
  'viewer.failed': 'connection',
  'bridge.failed': 'connection',
  'bridge.unused': 'connection',
  'ssh.missing': 'local',
  'viewer.missing': 'local',
  'viewer.noDisplay': 'local',
  'xvnc.failed': 'local',
  'output.failed': 'local',
  'store.damaged': 'local',
  'store.unsafe': 'local',
  'store.noHome': 'local',
  'store.full': 'local',
  'system.limit': 'local',
  'store.unusable': 'local',
  'store.locked': 'local',
  'unsafe.value': 'unsafe',
  'check.failed': 'unhealthy',
} as const satisfies Record<ErrorCode, Family>;
