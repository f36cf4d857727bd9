import type { DisplayProblem } from '../errors/codes.js';
import type { DeskError } from '../errors/desk-error.js';
import type { Endpoint, LoginNode, Port, Route } from '../model/endpoint.js';
import type { PageLanguage, PageOptions } from '../model/page.js';
import type { Picture } from '../model/picture.js';

/** Tunnels, viewers and browsers, as other modules see them. */
export interface Transport {
  /**
   * Connects to a desktop, then listens on this machine and forwards every accepted connection to it.
   *
   * The first client gets the connection whose RFB greeting was awaited, because servers block clients after a few
   * unauthenticated connections.
   *
   * @throws tunnel.portTaken, tunnel.cannotListen, tunnel.peersUnknown, tunnel.unreachable, tunnel.lost, ssh.*,
   * rfb.notRfb, rfb.lockedOut, rfb.timeout
   */
  openForward(options: ForwardOptions): Promise<Forward>;

  /**
   * Starts logging in at a login node before the target is known. Prompts are postponed until the forward is opened,
   * and so are failures: this never rejects.
   */
  prepareRoute(options: PrepareOptions): Promise<PreparedRoute>;

  /**
   * Opens one shared RFB session without a viewer; the caller closes it.
   *
   * @throws tunnel.unreachable, tunnel.lost, ssh.*, rfb.*; nothing is left open then.
   */
  openDesktop(options: DesktopOptions): Promise<OpenDesktop>;

  /** Every viewer found, and every place searched. */
  findViewers(): Promise<ViewerSearch>;

  /**
   * Finds a viewer by name: `auto`, an id of the table, or a path.
   *
   * @throws viewer.missing
   */
  chooseViewer(selector: string): Promise<FoundViewer>;

  /** Whether the viewer can be given a password through a private channel; otherwise it asks the user. Pure. */
  takesPassword(viewer: FoundViewer): boolean;

  /** The clipboard of this machine; undefined if no program for it is found. */
  findClipboard(): Promise<Clipboard | undefined>;

  /** Starts a viewer; the caller awaits `exited` and calls `close`. @throws viewer.failed */
  startViewer(viewer: FoundViewer, options: ViewerOptions): Promise<RunningViewer>;

  /**
   * Opens an http(s) URL, which may be a secret, in the user's browser and waits until it has loaded.
   *
   * @throws the signal's reason when aborted.
   */
  openBrowser(url: string, signal: AbortSignal): Promise<BrowserOutcome>;

  /** Quoting style of printed commands. */
  readonly shell: 'posix' | 'powershell';

  /** The equivalent `ssh -N -L 127.0.0.1:PORT:IP:PORT …` command; pure. */
  tunnelCommand(route: Route & { kind: 'ssh' }, localPort: Port): readonly string[];

  /** Checks a private key named by the user. @throws usage.invalidValue when ssh cannot use the path. */
  checkKeyFile(path: string): Promise<NamedKeyFacts>;

  /** The viewer's command for an address; pure. */
  viewerCommand(viewer: FoundViewer, target: Endpoint, link?: LinkProfile): readonly string[];
}

export interface NamedKeyFacts {
  /** Absolute. */
  readonly path: string;
  /** Whether its mode gives others access, which makes ssh ignore it (ssh(1), FILES). */
  readonly isOpenToOthers: boolean;
}

/** `impossible`: no browser that the user could see, or disabled by the user. */
export type BrowserOutcome = 'opened' | 'failed' | 'impossible';

export interface DialOptions {
  /** Whether ssh may prompt on the terminal (passphrase, second factor, host key). */
  readonly mayAsk: boolean;
  /** Limit for reaching the login node or, from dialling, for the greeting of the desktop, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface PrepareOptions extends DialOptions {
  readonly via: LoginNode;
}

export interface ForwardOptions extends DialOptions {
  readonly route: Route;
  readonly listen: ListenOptions;
  report?(event: ForwardEvent): void;
}

export interface PreparedRoute {
  /**
   * `Transport.openForward`, using this login if the route has the same login node; the forward then owns it. May be
   * called once.
   */
  openForward(options: ForwardOptions): Promise<Forward>;
  /** Ends a login that no forward has taken over; safe to call twice and after `openForward`. */
  close(): Promise<void>;
}

/**
 * A TCP port on 127.0.0.1 (0: any free one), a private Unix socket, or the browser page on a port. `allowAnyUser`
 * admits every local user.
 */
export type ListenOptions =
  | {
      readonly kind: 'tcp';
      readonly port: number;
      readonly allowAnyUser?: boolean;
      /** Whether the first client is a viewer that we start; on WSL it may be a Windows program. */
      readonly isForViewer?: boolean;
    }
  | { readonly kind: 'socket' }
  | {
      readonly kind: 'web';
      readonly port: number;
      readonly allowAnyUser?: boolean;
      readonly page: PageOptions;
      readonly language: PageLanguage;
    };

/**
 * `dialled`: the TCP connection is open, or ssh has started (with a control master: logged in). `joined`: a client
 * receives data from the desktop. `left`: a joined client is gone. `lost`: a client's connection failed; a failure that
 * retrying cannot fix closes the forward instead.
 */
export type ForwardEvent =
  | { readonly kind: 'dialled' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'left' }
  | { readonly kind: 'lost'; readonly failure: DeskError };

/** The URL of the browser page is a secret, valid once within 60 s. */
export type ForwardAddress =
  | ViewerAddress
  | {
      readonly kind: 'web';
      readonly host: '127.0.0.1';
      readonly port: number;
      readonly url: string;
    };

export interface Forward {
  readonly address: ForwardAddress;
  /** RFB version of the server's greeting: `003.008` (RFC 6143 §7.1.1). */
  readonly rfbVersion: string;
  /**
   * Connects to the desktop again and returns the RFB version; the next client gets this connection.
   *
   * @throws like `openForward`, except tunnel.portTaken; the forward stays open.
   */
  prove(): Promise<string>;
  /** Closes every connection, ends ssh, removes the socket; safe to call twice. */
  close(): Promise<void>;
  /** Settles when the forward is closed; rejects after a final failure (ssh.hostKey, ssh.authFailed, tunnel.lost). */
  readonly closed: Promise<void>;
}

/** The handshake after the greeting is limited to 10 s. */
export interface DesktopOptions extends DialOptions {
  readonly route: Route;
  /** Only its first 8 bytes are used (RFC 6143 §7.2.2). */
  readonly password: string | undefined;
  report?(step: DesktopStep): void;
}

/** `reached`: the TCP connection is open (not reported over ssh); `greeted`: RFB greeting; `secured`: authenticated. */
export type DesktopStep = 'reached' | 'greeted' | 'secured';

export interface OpenDesktop {
  /** RFB version of the server's greeting: `003.008`. */
  readonly version: string;
  /** Security types offered by the server (RFC 6143 §7.1.2). */
  readonly securityTypes: readonly number[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the server: untrusted. */
  readonly desktopName: string;
  /** Captures the whole framebuffer; may be called once. @throws tunnel.lost, rfb.timeout, rfb.notRfb */
  captureFrame(timeoutMs: number): Promise<Picture>;
  /** Closes the connection; safe to call twice. */
  close(): Promise<void>;
}

export type ViewerAddress =
  | { readonly kind: 'tcp'; readonly host: '127.0.0.1'; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string };

export interface FoundViewer {
  /** Id of the table row; `custom` for an unknown program. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Empty when unknown. */
  readonly version: string;
  /** Whether it accepts a Unix socket instead of host and port. */
  readonly takesSocket: boolean;
  /** Why it cannot open a window here, if known. */
  readonly problem?: DisplayProblem | undefined;
}

export interface ViewerSearch {
  readonly viewers: readonly FoundViewer[];
  /** Absolute paths and names, in order. */
  readonly searched: readonly string[];
}

export interface ViewerOptions {
  readonly address: ViewerAddress;
  /** Passed through the viewer's private channel, never through argv. */
  readonly password: string | undefined;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  /** Ignored by a viewer without such an option; undefined keeps the viewer's defaults. */
  readonly link?: LinkProfile | undefined;
  readonly signal: AbortSignal;
}

export interface Clipboard {
  /**
   * Copies text, which may be a secret, and returns whether that succeeded. The text stays after this process ends.
   *
   * @throws the signal's reason when aborted.
   */
  write(text: string, signal: AbortSignal): Promise<boolean>;
}

/** Picture quality: `slow` saves bandwidth, `lan` keeps full quality. */
export type LinkProfile = 'slow' | 'lan';

export interface RunningViewer {
  /** Settles when the viewer exits successfully or is closed; rejects with viewer.failed otherwise. */
  readonly exited: Promise<void>;
  /** Ends the viewer and waits for it; safe to call twice. */
  close(): Promise<void>;
}
