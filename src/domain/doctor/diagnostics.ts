import type { BaseUrl } from '../../model/base-url.js';
import type { LoginNode } from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Session } from '../../model/session.js';
import type { Setting, SettingName } from '../../model/settings.js';
import type { OriginAnswer } from '../../platform/remote/ask-origin.js';
import type { FolderFacts } from '../../store/store.js';
import type { Tunnel } from '../../store/tunnel-records.js';
import type { findTemporaryFolder } from '../../transport/process/private-folder.js';
import type { HostKeyFacts, KeyFacts, SshFacts } from '../../transport/ssh/inspect-ssh.js';
import type { BrowserFacts } from '../../transport/viewer/browser.js';

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
  /** The configured temporary folder, and the one in use or why none works. */
  findTemporaryFolder(): ReturnType<typeof findTemporaryFolder>;
  /** In bytes; infinite when unlimited. */
  readAddressSpaceBytes(): number;
  /** @throws usage.invalidValue for an invalid variable. */
  findProxy(url: BaseUrl): ProxyFacts | undefined;
  /** Resolves with the system's resolver. @throws the system's error */
  lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Sends one request without a token. @throws network.* */
  askOrigin(url: BaseUrl, deadline: Deadline): Promise<OriginAnswer>;
  /** A read-only request that all clusters support (API page `cluster`). @throws auth.*, platform.*, network.* */
  readSchedulers(login: CurrentLogin, deadline: Deadline): Promise<readonly string[]>;
  /** Lists sessions as other commands do, renewing the token if needed. @throws auth.*, platform.*, network.* */
  listSessions(deadline: Deadline): Promise<readonly Session[]>;
  /** @throws ssh.missing */
  describeSsh(signal: AbortSignal): Promise<SshFacts>;
  findKeys(via: LoginNode, signal: AbortSignal): Promise<KeyFacts>;
  findHostKey(via: LoginNode, signal: AbortSignal): Promise<HostKeyFacts>;
  findBrowser(): BrowserFacts;
  /** Tunnels that run, or failed in the last day. @throws store.* */
  listTunnels(): readonly Pick<Tunnel, 'id' | 'state'>[];
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

export interface ProxyFacts {
  /** Host and port, never a password. */
  readonly address: string;
  readonly hasPassword: boolean;
}
