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

type NoDetails = Record<never, never>;

interface Ambiguous {
  selector: string | undefined;
  matches: readonly string[];
}

interface NotFound {
  selector: string | undefined;
  suggestion?: string | undefined;
}

type NeededInput = 'credentials' | 'token' | 'secretKey' | 'password';

/** `noDisplay`: neither DISPLAY nor WAYLAND_DISPLAY is set. `deadDisplay`: no X server listens at DISPLAY. */
export type DisplayProblem = 'noDisplay' | 'deadDisplay';

/** `noTable`: the kernel's TCP table does not list our connections; `sharedUid`: our uid is the overflow uid. */
type PeersProblem = 'noTable' | 'sharedUid';

type TokenProblem = 'empty' | 'blank' | 'lineBreak' | 'nonAscii' | 'tooLong';

/** The family of a code; its details are a type only. */
type ErrorFamily<Details> = Family & { readonly details: Readonly<Details> };

const error = <Details>(family: Family) => family as ErrorFamily<Details>;

/**
 * The family of each code, and its details, which the `i18n` catalogues turn into text. Stable for scripts: codes may be
 * added, but not moved or renamed.
 */
export const FAMILIES = {
  'bug.unexpected': error<{ reason: string }>('bug'),
  'usage.unknownCommand': error<{ word: string; suggestion: string | undefined }>('usage'),
  'usage.unknownOption': error<{ option: string; suggestion: string | undefined }>('usage'),
  'usage.missingCommand': error<{ group: string }>('usage'),
  'usage.missingArgument': error<{ argument: string }>('usage'),
  'usage.missingValue': error<{ option: string }>('usage'),
  'usage.missingOption': error<{ option: string; example: string }>('usage'),
  'usage.tooManyArguments': error<{ word: string }>('usage'),
  'usage.invalidValue': error<{
    name: string;
    value: string;
    expected: string;
    suggestion?: string | undefined;
  }>('usage'),
  'usage.conflict': error<{ first: string; second: string }>('usage'),
  'usage.unknownField': error<{
    field: string;
    fields: readonly string[];
    suggestion: string | undefined;
  }>('usage'),
  'usage.formatNotOffered': error<{ format: string }>('usage'),
  'usage.unknownSetting': error<{ key: string; suggestion: string | undefined }>('usage'),
  'usage.secretInArguments': error<{ option: string; instead: string }>('usage'),
  'usage.needsInput': error<{ what: NeededInput; example: string }>('usage'),
  'usage.invalidToken': error<{ problem: TokenProblem }>('usage'),
  'usage.needsTerminal': error<{ option: string }>('usage'),
  'usage.bytesToTerminal': error<{ option: string }>('usage'),
  'usage.fileExists': error<{ path: string }>('usage'),
  'usage.plainHttp': error<{ url: string }>('usage'),
  'session.ambiguous': error<Ambiguous>('usage'),
  'cluster.ambiguous': error<Ambiguous>('usage'),
  'tunnel.ambiguous': error<Ambiguous>('usage'),
  'session.notFound': error<NotFound>('notFound'),
  'cluster.notFound': error<NotFound>('notFound'),
  'tunnel.notFound': error<NotFound>('notFound'),
  'profile.notFound': error<{ profile: string; suggestion?: string | undefined }>('notFound'),
  'cluster.disabled': error<{ cluster: string }>('refused'),
  'auth.required': error<{ profile: string; suggestion?: string | undefined }>('auth'),
  'auth.noApiUrl': error<NoDetails>('auth'),
  'auth.expired': error<{ expiredAt: string | undefined }>('auth'),
  'auth.rejected': error<NoDetails>('auth'),
  'auth.otherOrigin': error<{ issuedFor: string; requested: string }>('auth'),
  'platform.refused': error<{ platformCode: string }>('refused'),
  /** HTTP 403 without a platform code. */
  'platform.forbidden': error<{ origin: string }>('refused'),
  'platform.fault': error<{ platformCode: string }>('refused'),
  'platform.busy': error<NoDetails>('busy'),
  'platform.rateLimited': error<{ retryAfterSeconds: number | undefined }>('busy'),
  'network.unreachable': error<{ origin: string; reason: string }>('network'),
  'network.timeout': error<{ origin: string; timeoutMs: number }>('network'),
  /** `clock`: local time, ISO 8601 in UTC, when the certificate is not valid at that time. */
  'network.tls': error<{ origin: string; reason: string; clock?: string }>('network'),
  'network.redirect': error<{ origin: string; status: number; target: string }>('network'),
  'network.unusableAnswer': error<{ endpoint: string; problem: string }>('network'),
  'ssh.hostKey': error<{ via: string; reason: string }>('connection'),
  'ssh.authFailed': error<{ via: string; reason: string }>('connection'),
  'ssh.exited': error<{ via: string; exitCode: number | null; reason: string }>('connection'),
  'tunnel.unreachable': error<{ target: string; reason: string }>('connection'),
  'tunnel.lost': error<{ target: string; reason: string }>('connection'),
  'tunnel.notStarted': error<{ log: string }>('connection'),
  'tunnel.portTaken': error<{ port: number }>('connection'),
  'tunnel.cannotListen': error<{ reason: string }>('connection'),
  'tunnel.peersUnknown': error<{ problem: PeersProblem }>('connection'),
  'rfb.notRfb': error<{ target: string; received: string }>('connection'),
  'rfb.broken': error<{ target: string; problem: string }>('connection'),
  'rfb.authFailed': error<{ target: string }>('connection'),
  'rfb.lockedOut': error<{ target: string; reason: string }>('connection'),
  'rfb.timeout': error<{ target: string; timeoutMs: number }>('connection'),
  'viewer.failed': error<{ viewer: string; exitCode: number | null; reason: string }>('connection'),
  'bridge.failed': error<{ reason: string }>('connection'),
  'bridge.unused': error<{ limitMs: number }>('connection'),
  'ssh.missing': error<{ platform: NodeJS.Platform }>('local'),
  'viewer.missing': error<{ viewer: string; known: readonly string[] }>('local'),
  'viewer.noDisplay': error<{ viewer: string; problem: DisplayProblem }>('local'),
  'xvnc.failed': error<{ reason: string }>('local'),
  'output.failed': error<{ reason: string }>('local'),
  'store.damaged': error<{ path: string }>('local'),
  'store.unsafe': error<{
    path: string;
    problem: string;
    /** `remount`: the file system does not store modes. */
    remedy: 'replace' | 'chmod' | 'remount';
  }>('local'),
  /** HOME is not an absolute path, and there is no passwd entry. */
  'store.noHome': error<{ variable: string }>('local'),
  'store.full': error<{ path: string }>('local'),
  /** A resource limit of this process: `ulimit -v`, `ulimit -n`. */
  'system.limit': error<{ limit: 'addressSpace' | 'openFiles'; reason: string }>('local'),
  'store.unusable': error<{ path: string; reason: string }>('local'),
  /** `path`: the lock folder; `pid`: its holder, if it is a process of this machine. */
  'store.locked': error<{ path: string; pid: number | undefined }>('local'),
  'unsafe.value': error<{ field: string; value: string }>('unsafe'),
  /** Names exit code 8; never thrown, since `vnc check` and `doctor` print their report on stdout instead. */
  'check.failed': error<{ failed: readonly string[] }>('unhealthy'),
};

export type ErrorCode = keyof typeof FAMILIES;

export type ErrorDetails = { readonly [Code in ErrorCode]: (typeof FAMILIES)[Code]['details'] };
