import type { Display } from '../model/endpoint.js';

/** A running desktop of the sandbox: an RFB server on 127.0.0.1, port 5900 + `display`. */
export interface Desktop {
  readonly display: Display;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Resolves when the desktop has ended for any reason; never rejects. */
  readonly closed: Promise<void>;
  /** Ends the desktop and waits for it; idempotent. */
  close(): Promise<void>;
}

export interface DesktopOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** For VNC authentication (RFC 6143 §7.2.2), truncated to 8 bytes; undefined: no authentication. */
  readonly vncPassword: string | undefined;
  /** Aborts the start. */
  readonly signal: AbortSignal;
  /** Called with the number of connected viewers at each change. */
  onClientsChanged(count: number): void;
}

/** Starts a desktop; the caller closes it. @throws xvnc.failed */
export type StartDesktop = (options: DesktopOptions) => Promise<Desktop>;
