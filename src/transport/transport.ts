import type { Endpoint, Port, Route } from '../model/endpoint.js';

/** Reaching a desktop: the tunnel and the viewer, as the rest of the program sees them. */
export interface Transport {
  /**
   * Proves that a desktop answers, then listens on this machine and carries every accepted connection there.
   *
   * The first connection is opened at once and its RFB greeting is awaited; the first client is given that very
   * connection, so that a proof costs the server nothing (servers lock out after a few unauthenticated ones).
   *
   * @throws tunnel.portTaken, tunnel.unreachable, ssh.*, rfb.notRfb, rfb.lockedOut, rfb.timeout
   */
  openForward(options: ForwardOptions): Promise<Forward>;

  /** Every known viewer, where it was found, and every place that was searched. */
  findViewers(): Promise<ViewerSearch>;

  /**
   * Picks the viewer that the user means: `auto`, an id of the table, or a path.
   *
   * @throws viewer.missing when there is none.
   */
  chooseViewer(wish: string): Promise<FoundViewer>;

  /** Starts a viewer. The caller awaits `exited` and calls `close`. @throws viewer.failed */
  startViewer(viewer: FoundViewer, options: ViewerOptions): Promise<RunningViewer>;

  /** The `ssh -N -L 127.0.0.1:PORT:IP:PORT …` line that does the same by hand; pure. */
  tunnelCommand(route: Route & { kind: 'ssh' }, localPort: Port): readonly string[];

  /** The viewer's line for an address on this machine; pure. */
  viewerCommand(viewer: FoundViewer, target: Endpoint): readonly string[];
}

export interface ForwardOptions {
  readonly route: Route;
  /** A TCP port on 127.0.0.1 (0: any free one), or a Unix socket that only this user can open. */
  readonly listen: { readonly kind: 'tcp'; readonly port: number } | { readonly kind: 'socket' };
  /** Whether ssh may ask on the terminal (passphrase, second factor, host key). */
  readonly mayAsk: boolean;
  /** Limit from dialling to the greeting, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type ForwardAddress =
  | { readonly kind: 'tcp'; readonly host: '127.0.0.1'; readonly port: Port }
  | { readonly kind: 'socket'; readonly path: string };

export interface Forward {
  readonly address: ForwardAddress;
  /** The server's protocol version as it was greeted: `003.008` (RFC 6143 §7.1.1). */
  readonly rfbVersion: string;
  /** Ends every connection and ssh, waits for them, removes the socket; safe to call twice. */
  close(): Promise<void>;
  /** Settles when the forward is closed; rejects when it can no longer serve (ssh.hostKey, ssh.authFailed, tunnel.lost). */
  readonly closed: Promise<void>;
}

export interface FoundViewer {
  /** Id of the row in the viewer table, or `custom` for a path that matches none. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Empty when the program does not tell. */
  readonly version: string;
  /** Whether it can be given a Unix socket instead of host and port. */
  readonly takesSocket: boolean;
}

export interface ViewerSearch {
  readonly viewers: readonly FoundViewer[];
  /** Absolute paths and names looked for, in order. */
  readonly searched: readonly string[];
}

export interface ViewerOptions {
  readonly address: ForwardAddress;
  /** Goes by the viewer's private channel, never by argv. */
  readonly password: string | undefined;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly signal: AbortSignal;
}

export interface RunningViewer {
  /** Settles when the viewer ends by itself with success; rejects with viewer.failed otherwise. */
  readonly exited: Promise<void>;
  /** Ends the viewer and waits for it; safe to call twice. */
  close(): Promise<void>;
}
