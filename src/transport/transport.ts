import type { DisplayProblem } from '../errors/codes.js';
import type { DeskError } from '../errors/desk-error.js';
import type { LoginNode, Route } from '../model/endpoint.js';
import type { PageLanguage, PageOptions } from '../model/page.js';

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

/** The handshake after the greeting is limited to 10 s. */
export interface DesktopOptions extends DialOptions {
  readonly route: Route;
  /** Only its first 8 bytes are used (RFC 6143 §7.2.2). */
  readonly password: string | undefined;
  report?(step: DesktopStep): void;
}

/** `reached`: the TCP connection is open (not reported over ssh); `greeted`: RFB greeting; `secured`: authenticated. */
export type DesktopStep = 'reached' | 'greeted' | 'secured';

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

/** Picture quality: `slow` saves bandwidth, `lan` keeps full quality. */
export type LinkProfile = 'slow' | 'lan';
