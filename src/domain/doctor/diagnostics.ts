import type { DeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import type { Endpoint, LoginNode } from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Session } from '../../model/session.js';
import type { Setting, SettingName } from '../../model/settings.js';
import type { FolderFacts } from '../../store/store.js';
import type { Tunnel } from '../../store/tunnel-records.js';
import type { HostKeyFacts, KeyFacts, SshFacts } from '../../transport/ssh/inspect-ssh.js';
import type { BrowserFacts } from '../../transport/viewer/browser.js';
import type { NamedKey } from '../connect/choose-route.js';
import type { ViewerChoice } from '../connect/display-mode.js';

/** Probes of this machine, the network and the platform. A probe with a signal ends when it aborts. */
export interface Diagnostics {
  readonly machine: MachineFacts;
  readonly terminal: TerminalFacts;
  /** Aborts when the whole run ends. */
  readonly signal: AbortSignal;
  /** Like the context's, but an unreadable file counts as empty. @throws usage.invalidValue */
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  /** @throws store.* */
  readFolder(): Promise<FolderFacts>;
  /** @throws tunnel.peersUnknown when the port would be open to all local users; the system's error */
  findFreePort(signal: AbortSignal): Promise<number>;
  findTemporaryFolder(): Promise<TemporaryFolderFacts>;
  /** In bytes; infinite when unlimited. */
  readAddressSpaceBytes(): number;
  /** @throws usage.invalidValue for an invalid variable. */
  findProxy(url: BaseUrl): ProxyFacts | undefined;
  /** Resolves with the system's resolver. @throws the system's error */
  lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Sends one request without a token. @throws network.* */
  askOrigin(url: BaseUrl, deadline: Deadline): Promise<OriginFacts>;
  /** A read-only request that all clusters support (API page `cluster`). @throws auth.*, platform.*, network.* */
  readSchedulers(login: CurrentLogin, deadline: Deadline): Promise<readonly string[]>;
  /** Lists sessions as other commands do, renewing the token if needed. @throws auth.*, platform.*, network.* */
  listSessions(deadline: Deadline): Promise<readonly Session[]>;
  /** @throws ssh.missing */
  describeSsh(signal: AbortSignal): Promise<SshFacts>;
  findKeys(via: LoginNode, signal: AbortSignal): Promise<KeyFacts>;
  findHostKey(via: LoginNode, signal: AbortSignal): Promise<HostKeyFacts>;
  findBrowser(): BrowserFacts;
  /** @throws store.* */
  listTunnels(): readonly TunnelFacts[];
  /**
   * Runs a probe with a time limit.
   *
   * @returns undefined on timeout.
   */
  within<Value>(
    limitMs: number,
    probe: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ readonly value: Value } | undefined>;
  /** Writes a new file with mode 0600. @throws usage.invalidValue when it exists, output.failed */
  writeNewFile(path: string, text: string): Promise<void>;
}

/** A connection that runs in the background, or failed in the last day. */
export type TunnelFacts = Pick<Tunnel, 'id' | 'state'>;

export interface Deadline {
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export interface MachineFacts {
  readonly version: string;
  readonly nodeVersion: string;
  readonly operatingSystem: NodeJS.Platform;
  readonly release: string;
  readonly architecture: string;
  readonly hostname: string;
  readonly home: string | undefined;
  /** Undefined for a user missing in the user database. */
  readonly userName: string | undefined;
}

export interface TerminalFacts {
  readonly isTerminal: boolean;
  readonly isDumb: boolean;
  readonly hasColor: boolean;
  readonly columns: number;
  /** LC_ALL, LC_CTYPE or LANG; undefined without these variables (Windows). */
  readonly locale: string | undefined;
  /** Git Bash without a pseudo-console: its terminal is a pipe to programs. */
  readonly isHidden: boolean;
}

export interface TemporaryFolderFacts {
  /** TMPDIR or the system's default. */
  readonly path: string;
  /** The folder in use, a fallback if the configured one does not work. */
  readonly used: string | undefined;
  /** Why none works; empty otherwise. */
  readonly reason: string;
}

export interface ProxyFacts {
  /** Host and port, never a password. */
  readonly address: string;
  readonly hasPassword: boolean;
}

export interface OriginFacts {
  readonly status: number;
  /** The server's clock, if sent. */
  readonly date: Date | undefined;
  /** Local clock at the response. */
  readonly receivedAt: Date;
}

/** Result of one probe and its duration. */
export type Outcome<Value> = { readonly elapsedMs: number } & (
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'error'; readonly error: DeskError }
  | { readonly kind: 'late'; readonly limitMs: number }
);

/** The valid settings. */
export type SettingFacts = { readonly [Name in SettingName]?: Setting<Name> };

/** Results of all probes; undefined for a probe that was not needed. */
export interface Facts {
  readonly operatingSystem: NodeJS.Platform;
  readonly now: Date;
  /** The platform's time zone. */
  readonly timeZone: string;
  /** The URL probed: the cluster's API, or without a login the platform. */
  readonly baseUrl: BaseUrl;
  readonly via: LoginNode | undefined;
  readonly requestedViewer: string;
  readonly folder: Outcome<FolderFacts>;
  readonly settings: Outcome<SettingFacts>;
  readonly terminal: Outcome<TerminalFacts>;
  readonly freePort: Outcome<number>;
  readonly temporaryFolder: Outcome<TemporaryFolderFacts>;
  /** In bytes; infinite when unlimited. */
  readonly addressSpace: Outcome<number>;
  readonly proxy: Outcome<ProxyFacts | undefined>;
  /** Addresses of the host; undefined for an IP literal, or when the proxy resolves it. */
  readonly addresses: Outcome<readonly string[]> | undefined;
  readonly origin: Outcome<OriginFacts>;
  readonly login: Outcome<CurrentLogin>;
  /** Names of the cluster's schedulers. */
  readonly cluster: Outcome<readonly string[]> | undefined;
  /** Endpoint of the user's session, if there is one. */
  readonly session: Outcome<Endpoint | undefined> | undefined;
  readonly ssh: Outcome<SshFacts>;
  /** The key given with `--identity`. */
  readonly identity: Outcome<NamedKey> | undefined;
  readonly keys: Outcome<KeyFacts> | undefined;
  readonly hostKey: Outcome<HostKeyFacts> | undefined;
  /** One connection through the user's route: to the session, or without one to the login node's own sshd. */
  readonly desktop: Outcome<{ readonly rfbVersion: string }> | undefined;
  readonly viewers: Outcome<ViewerChoice>;
  readonly browser: Outcome<BrowserFacts>;
  readonly tunnels: Outcome<readonly TunnelFacts[]>;
}
