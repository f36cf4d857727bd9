import type { DeskError } from '../../errors/desk-error.js';
import type { BaseUrl } from '../../model/base-url.js';
import type { Endpoint, LoginNode } from '../../model/endpoint.js';
import type { CurrentLogin } from '../../model/login.js';
import type { Setting, SettingName } from '../../model/settings.js';
import type { FolderFacts } from '../../store/store.js';
import type { HostKeyFacts, KeyFacts, SshFacts } from '../../transport/ssh/inspect-ssh.js';
import type { BrowserFacts } from '../../transport/viewer/browser.js';
import type { NamedKey } from '../connect/choose-route.js';
import type { ViewerChoice } from '../connect/display-mode.js';
import type {
  OriginFacts,
  ProxyFacts,
  TemporaryFolderFacts,
  TerminalFacts,
  TunnelFacts,
} from './diagnostics.js';

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
