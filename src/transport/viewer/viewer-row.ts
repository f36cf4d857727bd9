import { joinHostPort } from '../../model/endpoint.js';
import type { LinkProfile, ViewerOptions } from '../transport.js';

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
  readonly canViewOnly?: boolean;
  /** Left out if there is no private channel: the viewer then asks the user. */
  readonly password?: PasswordChannel;
  /** Whether its process may exit with 0 while another one shows the desktop. */
  readonly handsOver?: boolean;
  /** Matches the last message of failures that end with exit code 0. */
  readonly failure?: RegExp;
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

export interface RowOptions extends Pick<ViewerOptions, 'viewOnly' | 'fullScreen' | 'link'> {
  /** Empty when unknown; a current version is then assumed. */
  readonly version: string;
}

/** How a password reaches the viewer without appearing in argv. */
export type PasswordChannel =
  | { readonly kind: 'environment'; readonly variable: string }
  | {
      /** In a `file` it is obfuscated as in VNC password files (`hideVncPassword`), in hexadecimal. */
      readonly kind: 'stdin' | 'file';
      readonly arguments: (path: string) => readonly string[];
      /** Otherwise the text is the whole configuration and replaces the ordinary arguments. */
      readonly keepsArguments?: boolean;
      readonly text: (password: string, target: ViewTarget, options: RowOptions) => string;
    };

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

/** A Windows program in PATH, in folders of `programFiles`, or in `App Paths`. */
export function windows(program: string, ...folders: readonly string[]): Places {
  const paths = folders.flatMap((folder) => programFiles(`${folder}\\${program}`));
  return { programs: [program], paths, appPath: program };
}

/** The same in WSL, where drive C is mounted at `/mnt/c` by default. */
export function windowsInWsl(program: string, folder: string): Places {
  const paths = [`/mnt/c/Program Files/${folder}/${program}`];
  return { programs: [program], paths, appPath: program };
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
const TIGHT_LEVELS = { slow: { quality: 4, compression: 6 }, lan: { quality: 9, compression: 1 } };

/** Tight options for a link profile; none without a profile. */
export function tight(
  link: LinkProfile | undefined,
  write: (levels: (typeof TIGHT_LEVELS)[LinkProfile]) => readonly string[],
): readonly string[] {
  return link === undefined ? [] : write(TIGHT_LEVELS[link]);
}
