import type { DisplayProblem } from '../errors/codes.js';
import type { Port } from '../model/endpoint.js';

/** Where a viewer finds the desktop. */
export type ViewerAddress =
  | { readonly kind: 'tcp'; readonly host: '127.0.0.1'; readonly port: Port }
  | { readonly kind: 'socket'; readonly path: string };

export interface FoundViewer {
  /** Id of the row in the viewer table, or `custom` for a path that matches none. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** Empty when the program does not tell. */
  readonly version: string;
  /** Whether it can be given a Unix socket instead of host and port. */
  readonly takesSocket: boolean;
  /** Why it cannot open a window here; left out where nothing is known to be in the way. */
  readonly problem?: DisplayProblem | undefined;
}

export interface ViewerSearch {
  readonly viewers: readonly FoundViewer[];
  /** Absolute paths and names looked for, in order. */
  readonly searched: readonly string[];
}

export interface ViewerOptions {
  readonly address: ViewerAddress;
  /** Goes by the viewer's private channel, never by argv. */
  readonly password: string | undefined;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  /** A viewer that cannot be told, and every viewer without it, keeps its own quality. */
  readonly link?: LinkProfile | undefined;
  readonly signal: AbortSignal;
}

export interface Clipboard {
  /**
   * Puts a text there, which may be a secret, and answers whether that went well. It stays when we end.
   *
   * @throws the reason of the signal when it aborts.
   */
  write(text: string, signal: AbortSignal): Promise<boolean>;
}

/** How the picture is sent: few bytes for a slow link, or all its quality. */
export type LinkProfile = 'slow' | 'lan';

export interface RunningViewer {
  /** Settles when the viewer ends by itself with success; rejects with viewer.failed otherwise. */
  readonly exited: Promise<void>;
  /** Ends the viewer and waits for it; safe to call twice. */
  close(): Promise<void>;
}
