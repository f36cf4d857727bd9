import type { Readable } from 'node:stream';
import type { Tunnels } from '../domain/connect/tunnels.js';
import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import type { BaseUrl } from '../model/base-url.js';
import type { CommandTree } from '../model/command-tree.js';
import type { CurrentLogin } from '../model/login.js';
import type { PageLanguage } from '../model/page.js';
import type { Setting, SettingName } from '../model/settings.js';
import type { Question, StatusMessage } from '../model/status.js';
import type { Clock } from '../model/time.js';
import type { Accounts } from '../platform/accounts.js';
import type { Platform } from '../platform/platform.js';
import type { ShellFiles } from '../store/shell-files.js';
import type { Store } from '../store/store.js';
import type { Transport } from '../transport/create-transport.js';

/** Everything that a command may use. Parts that are slow to load or open are functions. */
export interface Context {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly output: Output;
  readonly ask: Ask;
  /** Reports progress on stderr. */
  progress(message: StatusMessage): void;
  /** Effective value of a setting: option, environment, file, default. */
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  store(): Promise<Store>;
  /** @throws auth.required, auth.noApiUrl, auth.otherOrigin */
  login(): Promise<CurrentLogin>;
  /** Login and token endpoints, at the URLs of a login, else of the settings. */
  accounts(at: AccountUrls): Promise<Accounts>;
  /** The platform with the current login; closed with the context. */
  platform(options?: PlatformOptions): Promise<Platform>;
  transport(): Promise<Transport>;
  readonly machine: Machine;
}

/** Facts about this process. */
export interface Runtime {
  /** Version of hpc-desk. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the program is asked to end. */
  readonly signal: AbortSignal;
  /** Language of the messages. */
  readonly language: PageLanguage;
  commandTree(): CommandTree;
}

/** Properties of stdout, and redaction. */
export interface Output {
  readonly isTerminal: boolean;
  /** Whether a field of the result is going to be printed, and so worth a request. */
  shows(field: string): boolean;
  /** Notifies the user when the command ends. */
  announceEnd(): void;
  /** Rings the terminal bell. */
  ring(): void;
  /** Registers a secret for redaction from everything except the result. */
  keepSecret(secret: string): void;
  /** Redacts known secrets, for results that include text from other programs. */
  redact(text: string): string;
}

/** Resources of this machine. */
export interface Machine {
  /** Start-up and completion files of the user's shells. */
  shellFiles(): Promise<ShellFiles>;
  /** Background tunnels. */
  tunnels(): Promise<Tunnels>;
  diagnostics(): Promise<Diagnostics>;
}

export interface AccountUrls {
  readonly platformUrl: BaseUrl | undefined;
  readonly accessKey: { readonly authUrl: BaseUrl } | undefined;
  /** As in `StoredLogin`. */
  readonly allowsHttp: boolean;
}

export interface PlatformOptions {
  /** For long-running commands: the time limit applies to each request instead of the whole run. */
  readonly timeoutPerRequest?: boolean;
  /** Accept a session on loopback when the platform is not. */
  readonly allowTarget?: boolean;
}

export interface Ask {
  /** Whether stdin and stderr are terminals and prompts are not disabled. */
  readonly mayAsk: boolean;
  /** Reads a secret without echo. */
  secret(question: Question): Promise<string>;
  text(question: Question): Promise<string>;
  /** Returns the index of the chosen item. */
  choose(question: Question, choices: readonly string[]): Promise<number>;
  /** Asks yes or no; no by default. */
  confirm(question: Question): Promise<boolean>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
}
