import { joinHostPort } from '../../model/endpoint.js';
import type { LinkProfile } from '../transport.js';

/** One viewer of the table: everything that is known about it. Adding a viewer is adding a row. */
export interface ViewerRow {
  readonly id: string;
  readonly name: string;
  /** Where to look on each system; a system that is left out is not searched. */
  readonly places: Partial<Record<ViewerSystem, Places>>;
  /** Matches the path, links followed, of this viewer and of no other in the table. */
  readonly path: RegExp;
  /** How the program introduces itself, with its version as the first group. */
  readonly banner?: RegExp;
  /** A question that it answers with its banner and without a window; never asked of an application or on Windows. */
  readonly versionQuestion?: string;
  /** Whether its arguments depend on its version. */
  readonly needsVersion?: boolean;
  /** What starts it; only its path unless said otherwise. */
  readonly launcher?: (path: string) => readonly string[];
  /** The arguments that a person would type; the password goes elsewhere. */
  readonly arguments: (target: ViewTarget, options: RowOptions) => readonly string[];
  /** The same for a Unix socket; left out when it takes none. */
  readonly socketArguments?: (path: string, options: RowOptions) => readonly string[];
  /** Whether it can be told to send no keys and clicks. */
  readonly canViewOnly: boolean;
  readonly password: PasswordChannel;
  readonly exit: ExitMeaning;
}

export type ViewerSystem = 'linux' | 'darwin' | 'win32' | 'wsl';

export interface Places {
  /** Names to look for in the folders of PATH. */
  readonly programs?: readonly string[];
  /** Absolute paths: `%NAME%` is a variable, `~` the home folder, `*` any run of characters in one name. */
  readonly paths?: readonly string[];
  /** Bundle identifier to ask Spotlight for (macOS). */
  readonly bundleId?: string;
  /** Name in the `App Paths` key of the registry (Windows, and from WSL). */
  readonly appPath?: string;
}

export interface RowOptions {
  readonly viewOnly: boolean;
  /** A viewer that has no switch for it opens in a window. */
  readonly fullScreen: boolean;
  /** A viewer that has no switch for it, and every viewer without it, keeps its own quality. */
  readonly link: LinkProfile | undefined;
  /** Empty when unknown: then a current one is assumed. */
  readonly version: string;
}

/** How a password reaches the viewer without ever standing in argv. */
export type PasswordChannel =
  | { readonly kind: 'environment'; readonly variable: string }
  | ({ readonly kind: 'stdin' } & WrittenPassword<() => readonly string[]>)
  /** Hidden as in VNC password files (`hideVncPassword`), in hexadecimal. */
  | ({ readonly kind: 'file' } & WrittenPassword<(path: string) => readonly string[]>)
  /** It has no private channel, so it asks the user itself. */
  | { readonly kind: 'asks' };

interface WrittenPassword<ReadIt> {
  /** The arguments that make it read the password. */
  readonly arguments: ReadIt;
  /** Whether the text says everything, so that the ordinary arguments are left out. */
  readonly isWhole: boolean;
  readonly text: (password: string, target: ViewTarget, options: RowOptions) => string;
}

/**
 * What the end of the process says.
 *
 * - `status`: 0 is a window that was closed, anything else a failure.
 * - `handsOver`: after 0 a copy that was running already may be showing the desktop, so nothing is known.
 * - `words`: 0 comes after failures too, and only the last words tell them; `failure` matches those.
 */
export type ExitMeaning =
  | { readonly kind: 'status' }
  | { readonly kind: 'handsOver' }
  | { readonly kind: 'words'; readonly failure: RegExp };

/** The TCP address that a viewer is pointed at; an `Endpoint` and the TCP form of `ForwardAddress` both fit. */
export interface ViewTarget {
  readonly host: string;
  readonly port: number;
}

/** `host::port`, the one form that no viewer of the RealVNC family takes for a display number. */
export function doubleColon({ host, port }: ViewTarget): string {
  return host.includes(':') ? `[${host}]::${port}` : `${host}::${port}`;
}

/** `vnc://host:port` (RFC 7869). */
export function vncUrl({ host, port }: ViewTarget): string {
  return `vnc://${joinHostPort(host, port)}`;
}

/** The switches whose condition holds, in order. */
export function switches(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(conditions).filter((name) => conditions[name]);
}

/** A program below both `Program Files` folders of Windows, or below that of one user. */
export function programFiles(path: string): string[] {
  return ['%ProgramFiles%', '%ProgramFiles(x86)%', '%LOCALAPPDATA%\\Programs'].map(
    (folder) => `${folder}\\${path}`,
  );
}

/** The programs of a macOS application, for all users or one. */
export function application(bundle: string): string[] {
  return [`/Applications/${bundle}/Contents/MacOS/*`, `~/Applications/${bundle}/Contents/MacOS/*`];
}

/** The launcher that Flatpak exports for an application, for all users or one (flatpak(1), "FILES"). */
export function flatpak(id: string): string[] {
  return [`/var/lib/flatpak/exports/bin/${id}`, `~/.local/share/flatpak/exports/bin/${id}`];
}

/** Levels of Tight encoding, 0…9: the JPEG quality and compression level pseudo-encodings (rfbproto of the community). */
interface TightLevels {
  readonly quality: number;
  readonly compression: number;
}

const TIGHT_LEVELS: Readonly<Record<LinkProfile, TightLevels>> = {
  slow: { quality: 4, compression: 6 },
  lan: { quality: 9, compression: 1 },
};

/** What a viewer is told of Tight encoding for a link; nothing without one. */
export function tight(
  link: LinkProfile | undefined,
  write: (levels: TightLevels) => readonly string[],
): readonly string[] {
  return link === undefined ? [] : write(TIGHT_LEVELS[link]);
}
