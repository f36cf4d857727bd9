import { joinHostPort } from '../../model/endpoint.js';
import type { LinkProfile } from '../transport.js';

/** Everything known about one viewer. To add a viewer, add a row. */
export interface ViewerRow {
  readonly id: string;
  readonly name: string;
  /** Search places per system; systems left out are not searched. */
  readonly places: Partial<Record<ViewerSystem, Places>>;
  /** Matches the real path of this viewer and of no other row. */
  readonly path: RegExp;
  /** Matches the program's banner; the first group is the version. */
  readonly banner?: RegExp;
  /** Option that prints the banner without opening a window; not used for applications or on Windows. */
  readonly versionQuestion?: string;
  /** Whether its arguments depend on its version. */
  readonly needsVersion?: boolean;
  /** Command that starts it; its path by default. */
  readonly launcher?: (path: string) => readonly string[];
  /** Command-line arguments, without a password. */
  readonly arguments: (target: ViewTarget, options: RowOptions) => readonly string[];
  /** Arguments for a Unix socket; left out if unsupported. */
  readonly socketArguments?: (path: string, options: RowOptions) => readonly string[];
  readonly canViewOnly: boolean;
  readonly password: PasswordChannel;
  readonly exit: ExitMeaning;
}

export type ViewerSystem = 'linux' | 'darwin' | 'win32' | 'wsl';

export interface Places {
  /** Names to look up in PATH. */
  readonly programs?: readonly string[];
  /** Absolute paths with `%NAME%` for a variable, `~` for the home folder and `*` within one name. */
  readonly paths?: readonly string[];
  readonly bundleId?: string;
  /** Name in the registry's `App Paths` key (Windows and WSL). */
  readonly appPath?: string;
}

export interface RowOptions {
  readonly viewOnly: boolean;
  /** Ignored by a viewer without such an option. */
  readonly fullScreen: boolean;
  /** Ignored by a viewer without such an option; undefined keeps the viewer's defaults. */
  readonly link: LinkProfile | undefined;
  /** Empty when unknown; a current version is then assumed. */
  readonly version: string;
}

/** How a password reaches the viewer without appearing in argv. */
export type PasswordChannel =
  | { readonly kind: 'environment'; readonly variable: string }
  | ({ readonly kind: 'stdin' } & WrittenPassword<() => readonly string[]>)
  /** Obfuscated as in VNC password files (`hideVncPassword`), in hexadecimal. */
  | ({ readonly kind: 'file' } & WrittenPassword<(path: string) => readonly string[]>)
  /** No private channel: the viewer asks the user. */
  | { readonly kind: 'asks' };

interface WrittenPassword<ReadIt> {
  readonly arguments: ReadIt;
  /** Whether the text is the whole configuration and replaces the ordinary arguments. */
  readonly isWhole: boolean;
  readonly text: (password: string, target: ViewTarget, options: RowOptions) => string;
}

/**
 * What the exit of the process means.
 *
 * - `status`: 0 is success, anything else a failure.
 * - `handsOver`: 0 may mean that another process shows the desktop; nothing is known.
 * - `words`: 0 also follows failures; `failure` matches the last message of those.
 */
export type ExitMeaning =
  | { readonly kind: 'status' }
  | { readonly kind: 'handsOver' }
  | { readonly kind: 'words'; readonly failure: RegExp };

/** TCP address for a viewer; `Endpoint` and the TCP form of `ForwardAddress` fit. */
export interface ViewTarget {
  readonly host: string;
  readonly port: number;
}

/** `host::port`, which no viewer of the RealVNC family reads as a display number. */
export function doubleColon({ host, port }: ViewTarget): string {
  return host.includes(':') ? `[${host}]::${port}` : `${host}::${port}`;
}

/** `vnc://host:port` (RFC 7869). */
export function vncUrl({ host, port }: ViewTarget): string {
  return `vnc://${joinHostPort(host, port)}`;
}

/** The switches whose condition is true, in order. */
export function switches(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(conditions).filter((name) => conditions[name]);
}

/** A program in `Program Files` (64 and 32 bit) or in the user's own program folder. */
export function programFiles(path: string): string[] {
  return ['%ProgramFiles%', '%ProgramFiles(x86)%', '%LOCALAPPDATA%\\Programs'].map(
    (folder) => `${folder}\\${path}`,
  );
}

/** The programs of a macOS application, system-wide or per user. */
export function application(bundle: string): string[] {
  return [`/Applications/${bundle}/Contents/MacOS/*`, `~/Applications/${bundle}/Contents/MacOS/*`];
}

/** The launcher exported by Flatpak, system-wide or per user (flatpak(1), "FILES"). */
export function flatpak(id: string): string[] {
  return [`/var/lib/flatpak/exports/bin/${id}`, `~/.local/share/flatpak/exports/bin/${id}`];
}

/** Levels 0 to 9 of the JPEG quality and compression level pseudo-encodings (community rfbproto). */
interface TightLevels {
  readonly quality: number;
  readonly compression: number;
}

const TIGHT_LEVELS: Readonly<Record<LinkProfile, TightLevels>> = {
  slow: { quality: 4, compression: 6 },
  lan: { quality: 9, compression: 1 },
};

/** Tight options for a link profile; none without a profile. */
export function tight(
  link: LinkProfile | undefined,
  write: (levels: TightLevels) => readonly string[],
): readonly string[] {
  return link === undefined ? [] : write(TIGHT_LEVELS[link]);
}
