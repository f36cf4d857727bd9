import type { BaseUrl } from '../../model/base-url.js';
import type { LoginNode } from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Session } from '../../model/session.js';
import type { Setting, SettingName } from '../../model/settings.js';
import type { FolderFacts } from '../../store/store.js';
import type { Tunnel } from '../../store/tunnel-records.js';
import type { HostKeyFacts, KeyFacts, SshFacts } from '../../transport/ssh/inspect-ssh.js';
import type { BrowserFacts } from '../../transport/viewer/browser.js';

/** Looks at this machine and its surroundings. Every look that takes a signal ends when that aborts. */
export interface Diagnostics {
  readonly machine: MachineFacts;
  readonly terminal: TerminalFacts;
  /** Ends everything: the whole run is over. */
  readonly signal: AbortSignal;
  /** Like the context's, but a file that cannot be read counts as an empty one. @throws usage.invalidValue */
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  /** @throws store.* */
  readFolder(): Promise<FolderFacts>;
  /** @throws tunnel.peersUnknown where a port would be open to everybody; the system's error */
  findFreePort(signal: AbortSignal): Promise<number>;
  /** Where files and sockets for other programs can be put. */
  findTemporaryFolder(): Promise<TemporaryFolderFacts>;
  /** Infinite where there is no limit. */
  readAddressSpaceBytes(): number;
  /** @throws usage.invalidValue when the variable cannot be understood. */
  findProxy(url: BaseUrl): ProxyFacts | undefined;
  /** Asks as every program of the system does. @throws the system's error */
  lookUpHost(host: string, signal: AbortSignal): Promise<readonly string[]>;
  /** One request without any token. @throws network.* */
  askOrigin(url: BaseUrl, deadline: Deadline): Promise<OriginFacts>;
  /** The read-only request that every cluster answers (API page `cluster`). @throws auth.*, platform.*, network.* */
  readSchedulers(login: CurrentLogin, deadline: Deadline): Promise<readonly string[]>;
  /** As every command asks, with renewal of the token; makes nothing. @throws auth.*, platform.*, network.* */
  listSessions(deadline: Deadline): Promise<readonly Session[]>;
  /** @throws ssh.missing */
  describeSsh(signal: AbortSignal): Promise<SshFacts>;
  findKeys(via: LoginNode, signal: AbortSignal): Promise<KeyFacts>;
  findHostKey(via: LoginNode, signal: AbortSignal): Promise<HostKeyFacts>;
  findBrowser(): BrowserFacts;
  /** @throws store.* */
  listTunnels(): readonly TunnelFacts[];
  /**
   * Runs a look and gives up on it after the limit.
   *
   * @returns undefined when it was late.
   */
  within<Value>(
    limitMs: number,
    look: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ readonly value: Value } | undefined>;
  /** Writes a text to a new file of mode 0600. @throws usage.invalidValue when it is there already, output.failed */
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
  /** Undefined for a user without an entry in the user database. */
  readonly userName: string | undefined;
}

export interface TerminalFacts {
  readonly isTerminal: boolean;
  readonly isDumb: boolean;
  readonly hasColor: boolean;
  readonly columns: number;
  /** What LC_ALL, LC_CTYPE or LANG says; undefined where there are no such variables (Windows). */
  readonly locale: string | undefined;
  /** Git Bash without a pseudo-console: programs see pipes where the user sees a terminal. */
  readonly isHidden: boolean;
}

export interface TemporaryFolderFacts {
  /** As TMPDIR or the system names it. */
  readonly path: string;
  /** The folder that is used, which is another one where that does not work. */
  readonly used: string | undefined;
  /** Why none can be used; empty otherwise. */
  readonly reason: string;
}

export interface ProxyFacts {
  /** Host and port, never a password. */
  readonly address: string;
  readonly hasPassword: boolean;
}

export interface OriginFacts {
  readonly status: number;
  /** The server's clock, if it told. */
  readonly date: Date | undefined;
  /** Our clock when the answer came. */
  readonly receivedAt: Date;
}
