/**
 * The protocol between the program and its browser page.
 *
 * One WebSocket, `/desktop`: first four text messages for mutual authentication (`page-handshake.ts`), the last of which
 * is a `PageSession`; then RFB in binary messages.
 */
export const DESKTOP_PATH = '/desktop';
export const RFB_SUBPROTOCOL = 'binary';

/** Close codes of the WebSocket (RFC 6455 §7.4). */
export const CLOSE_CODES = {
  /** The program exits: the page must not reconnect. */
  goingAway: 1001,
  /** Too many pages (IANA: “Try Again Later”). */
  full: 1013,
  /** The desktop connection failed; the reason is an error code of the program. */
  failed: 4000,
  /** The secret is unknown: the link was used or has expired. */
  unknownSecret: 4001,
} as const;

export type PageLanguage = 'en' | 'zh';

export interface PageOptions {
  /** Node and display, `gv101:4`; from the platform, unchecked. */
  readonly name: string;
  readonly target: string;
  /** When the next nightly clean-up runs, ISO 8601 with the platform's offset. */
  readonly sweepAt: string;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: 'slow' | 'lan' | null;
  /** The VNC password if the program has it; else the page prompts for it. */
  readonly password: string | null;
}

/**
 * The secrets of a loaded page, valid while the program runs. They differ, so that a process that reads the tab's storage
 * cannot impersonate the program to an open page.
 */
export interface PageKeys {
  /** For reconnects; in memory only. */
  readonly reconnect: string;
  /** For reloads; in `sessionStorage`. */
  readonly reload: string;
}

export interface PageSession extends PageOptions {
  /** New for each page load; null for a reconnect. */
  readonly keys: PageKeys | null;
}
