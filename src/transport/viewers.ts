import type { DisplayProblem } from '../errors/codes.js';

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
