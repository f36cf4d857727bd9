import type { Display } from '../model/endpoint.js';

/** A running desktop of the sandbox: an RFB server on 127.0.0.1, port 5900 + `display`. */
export interface Desktop {
  readonly display: Display;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Settles when the desktop has gone, whatever ended it; never rejects. */
  readonly closed: Promise<void>;
  /** Ends the desktop and waits for it; safe to call twice. */
  close(): Promise<void>;
}

export interface DesktopOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** With a password the server asks for VNC authentication (RFC 6143 §7.2.2); its first 8 bytes count. */
  readonly vncPassword: string | undefined;
  /** Abandons the start. */
  readonly signal: AbortSignal;
  /** Told how many viewers are connected, at each change. */
  onClientsChanged(count: number): void;
}

/** Starts one desktop; whoever called closes it. @throws xvnc.failed */
export type StartDesktop = (options: DesktopOptions) => Promise<Desktop>;
