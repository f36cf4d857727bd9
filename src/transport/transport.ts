import type { DeskError } from '../errors/desk-error.js';
import type { Endpoint, LoginNode, Port, Route } from '../model/endpoint.js';
import type { PageLanguage, PageOptions } from '../model/page.js';
import type { Picture } from '../model/picture.js';
import type {
  Clipboard,
  FoundViewer,
  LinkProfile,
  RunningViewer,
  ViewerAddress,
  ViewerOptions,
  ViewerSearch,
} from './viewers.js';

export type * from './viewers.js';

/** Reaching a desktop: the tunnel and the viewer, as the rest of the program sees them. */
export interface Transport {
  /**
   * Proves that a desktop answers, then listens on this machine and carries every accepted connection there.
   *
   * The first connection is opened at once and its RFB greeting is awaited; the first client is given that very
   * connection, so that a proof costs the server nothing (servers lock out after a few unauthenticated ones).
   *
   * @throws tunnel.portTaken, tunnel.cannotListen, tunnel.peersUnknown, tunnel.unreachable, tunnel.lost, ssh.*, rfb.notRfb, rfb.lockedOut, rfb.timeout
   */
  openForward(options: ForwardOptions): Promise<Forward>;

  /**
   * Begins to log in at a login node while the target is not known yet, where that needs no question; what needs one is
   * asked when the forward is opened. Never fails: a login that is refused is the failure of the forward.
   */
  prepareRoute(options: PrepareOptions): Promise<PreparedRoute>;

  /**
   * Looks at a desktop without a viewer: one connection, one handshake, shared with whoever is connected. The caller
   * closes it.
   *
   * @throws tunnel.unreachable, tunnel.lost, ssh.*, rfb.*; nothing is left open then.
   */
  openDesktop(options: DesktopOptions): Promise<OpenDesktop>;

  /** Every known viewer, where it was found, and every place that was searched. */
  findViewers(): Promise<ViewerSearch>;

  /**
   * Picks the viewer that the user means: `auto`, an id of the table, or a path.
   *
   * @throws viewer.missing when there is none.
   */
  chooseViewer(selector: string): Promise<FoundViewer>;

  /** Whether a password reaches this viewer by a private channel; it asks the user otherwise. Pure. */
  takesPassword(viewer: FoundViewer): boolean;

  /** The clipboard of this machine; undefined where no program for it is found. */
  findClipboard(): Promise<Clipboard | undefined>;

  /** Starts a viewer. The caller awaits `exited` and calls `close`. @throws viewer.failed */
  startViewer(viewer: FoundViewer, options: ViewerOptions): Promise<RunningViewer>;

  /**
   * Opens an http(s) URL, which may be a secret, in the user's browser and waits until that has got it.
   *
   * @throws the reason of the signal when it aborts.
   */
  openBrowser(url: string, signal: AbortSignal): Promise<BrowserOutcome>;

  /** Whose quoting the lines need that people paste on this machine. */
  readonly shell: 'posix' | 'powershell';

  /** The `ssh -N -L 127.0.0.1:PORT:IP:PORT …` line that does the same by hand; pure. */
  tunnelCommand(route: Route & { kind: 'ssh' }, localPort: Port): readonly string[];

  /** Looks at a private key that the user named. @throws usage.invalidValue when it is no file that ssh can read. */
  lookAtKey(path: string): Promise<NamedKeyFacts>;

  /** The viewer's line for an address on this machine; pure. */
  viewerCommand(viewer: FoundViewer, target: Endpoint, link?: LinkProfile): readonly string[];
}

export interface NamedKeyFacts {
  /** Absolute. */
  readonly path: string;
  /** Whether others may read it, which makes ssh ignore it (ssh(1), FILES). */
  readonly isOpenToOthers: boolean;
}

/** `impossible`: here is none that the user could see, or the user wants none. */
export type BrowserOutcome = 'opened' | 'failed' | 'impossible';

export interface ForwardOptions {
  readonly route: Route;
  readonly listen: ListenOptions;
  /** Whether ssh may ask on the terminal (passphrase, second factor, host key). */
  readonly mayAsk: boolean;
  /** Limit from dialling to the greeting, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told of what happens to the connections. */
  report?(event: ForwardEvent): void;
}

export interface PrepareOptions {
  readonly via: LoginNode;
  /** As it will be for the forward. */
  readonly mayAsk: boolean;
  /** Limit for reaching the login node, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface PreparedRoute {
  /**
   * As `Transport.openForward`, through the login that has begun where the route goes by its login node; the forward ends
   * that login too. May be called once.
   */
  openForward(options: ForwardOptions): Promise<Forward>;
  /** Ends a login that no forward has taken over, and waits for it; safe to call twice and after `openForward`. */
  close(): Promise<void>;
}

/**
 * A TCP port on 127.0.0.1 (0: any free one), a Unix socket that only this user can open, or the browser page on a port.
 * With `allowAnyUser` every user of this machine may connect to the port.
 */
export type ListenOptions =
  | {
      readonly kind: 'tcp';
      readonly port: number;
      readonly allowAnyUser?: boolean;
      /** Whether its first client is a viewer that we start; on WSL that may be a Windows program. */
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
 * `dialled`: ssh runs (with a shared login: has logged in), or the port is open. `joined`: a client and the desktop talk.
 * `left`: one that had joined is gone. `lost`: the connection of a client broke, or could not be had; what nobody can
 * mend by trying again closes the forward instead.
 */
export type ForwardEvent =
  | { readonly kind: 'dialled' }
  | { readonly kind: 'joined' }
  | { readonly kind: 'left' }
  | { readonly kind: 'lost'; readonly failure: DeskError };

/** Where the browser finds it; the URL is a secret, good once and for 60 s. */
export interface PageAddress {
  readonly kind: 'web';
  readonly host: '127.0.0.1';
  readonly port: Port;
  readonly url: string;
}

export type ForwardAddress = ViewerAddress | PageAddress;

export interface Forward {
  readonly address: ForwardAddress;
  /** The server's protocol version as it was greeted: `003.008` (RFC 6143 §7.1.1). */
  readonly rfbVersion: string;
  /**
   * Proves once more that the desktop answers, and answers with the version of its greeting; the next client is given the
   * connection that was the proof.
   *
   * @throws what `openForward` throws, but for tunnel.portTaken; the forward stays.
   */
  prove(): Promise<string>;
  /** Ends every connection and ssh, waits for them, removes the socket; safe to call twice. */
  close(): Promise<void>;
  /** Settles when the forward is closed; rejects when it can no longer serve (ssh.hostKey, ssh.authFailed, tunnel.lost). */
  readonly closed: Promise<void>;
}

export interface DesktopOptions {
  readonly route: Route;
  /** Whether ssh may ask on the terminal (passphrase, second factor, host key). */
  readonly mayAsk: boolean;
  /** Limit from dialling to the greeting, in milliseconds; the handshake after it has 10 s at most. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Its first 8 bytes count (RFC 6143 §7.2.2). */
  readonly password: string | undefined;
  /** Told of each step that was passed. */
  report?(step: DesktopStep): void;
}

/** `reached`: the port is open (over ssh only the greeting tells); `secured`: the server has let us in. */
export type DesktopStep = 'reached' | 'greeted' | 'secured';

export interface OpenDesktop {
  /** The server's protocol version as it was greeted: `003.008`. */
  readonly version: string;
  /** The numbers that the server offered (RFC 6143 §7.1.2). */
  readonly securityTypes: readonly number[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** Chosen by the server: untrusted. */
  readonly desktopName: string;
  /** Everything that the desktop shows now; may be called once. @throws tunnel.lost, rfb.timeout, rfb.notRfb */
  captureFrame(timeoutMs: number): Promise<Picture>;
  /** Ends the connection and waits for it; safe to call twice. */
  close(): Promise<void>;
}
