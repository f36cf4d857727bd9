import type { Readable } from 'node:stream';
import type { Tunnels } from '../domain/connect/tunnels.js';
import type { Diagnostics } from '../domain/doctor/diagnostics.js';
import type { BaseUrl } from '../model/base-url.js';
import type { CommandTree } from '../model/command-tree.js';
import type { CurrentLogin } from '../model/login.js';
import type { PageLanguage } from '../model/page.js';
import type { Setting, SettingName } from '../model/settings.js';
import type { Question, StatusMessage } from '../model/status.js';
import type { Accounts } from '../platform/accounts.js';
import type { Platform } from '../platform/platform.js';
import type { ShellFiles } from '../store/shell-files.js';
import type { Store } from '../store/store.js';
import type { Transport } from '../transport/transport.js';

/** All that a command may ask for. What costs time to load or to open is a function. */
export interface Context {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly output: Output;
  readonly ask: Ask;
  /** Says on stderr what is being done. */
  progress(message: StatusMessage): void;
  /** The value of a setting by precedence: option, environment, file, default. */
  setting<Name extends SettingName>(name: Name): Promise<Setting<Name>>;
  store(): Promise<Store>;
  /** @throws auth.required, auth.noApiUrl, auth.otherOrigin */
  login(): Promise<CurrentLogin>;
  /** Log-ins and tokens: at the URLs of a login, or of the settings where it has none. */
  accounts(at: AccountUrls): Promise<Accounts>;
  /** The platform, spoken to with the current login; closed by whoever made the context. */
  platform(options?: PlatformOptions): Promise<Platform>;
  transport(): Promise<Transport>;
  readonly machine: Machine;
}

/** How the program was started. */
export interface Runtime {
  /** Of hpc-desk. */
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts when the user or the system wants the program to end. */
  readonly signal: AbortSignal;
  /** The one that the program speaks. */
  readonly language: PageLanguage;
  commandTree(): CommandTree;
}

export interface Clock {
  now(): Date;
  /** Resolves after the time, rejects when the signal aborts. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
}

/** Where the result goes, and what must not go there. */
export interface Output {
  readonly isTerminal: boolean;
  /** Whether a field of the result will be seen; nobody has to be asked for one that will not. */
  shows(field: string): boolean;
  /** Rings once the command has ended, and tells whether it succeeded. */
  announceEnd(): void;
  /** Rings the bell of a terminal now. */
  ring(): void;
  /** Makes a value unprintable everywhere but in the result. */
  keepSecret(secret: string): void;
  /** Takes out of a text what this run knows to be secret: for results that repeat what others said. */
  redact(text: string): string;
}

/** What is on this machine. */
export interface Machine {
  /** The start files and completions of the user's shells. */
  shellFiles(): Promise<ShellFiles>;
  /** Connections in the background. */
  tunnels(): Promise<Tunnels>;
  /** Looks at this machine and its surroundings. */
  diagnostics(): Promise<Diagnostics>;
}

export interface AccountUrls {
  readonly platformUrl: BaseUrl | undefined;
  readonly accessKey: { readonly authUrl: BaseUrl } | undefined;
  /** As in `StoredLogin`. */
  readonly allowsHttp: boolean;
}

export interface PlatformOptions {
  /** For commands that stay: the time limit counts for each exchange instead of the whole run. */
  readonly timeoutPerRequest?: boolean;
  /** Accept a session on loopback although the platform is elsewhere. */
  readonly allowTarget?: boolean;
}

/** Input from the user. */
export interface Ask {
  /** Whether stdin and stderr are a terminal and nothing forbids questions. */
  readonly mayAsk: boolean;
  /** Asks without showing what is typed. */
  secret(question: Question): Promise<string>;
  /** Asks for a line. */
  text(question: Question): Promise<string>;
  /** Asks for one of several; answers with its place in the list. */
  choose(question: Question, choices: readonly string[]): Promise<number>;
  /** Asks for a yes or no; no is the answer of an empty line. */
  confirm(question: Question): Promise<boolean>;
  /** What was piped in. */
  readonly stdin: Readable & { readonly isTTY?: boolean };
}
