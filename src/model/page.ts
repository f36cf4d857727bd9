/**
 * The protocol between the program and its browser page.
 *
 * Everything goes over one WebSocket, `/desktop`. It begins with four text messages (`page-handshake.ts`), in which both
 * sides prove that they know the same secret without sending it; the last one is a `PageSession`. RFB follows, in binary
 * messages.
 */
export const DESKTOP_PATH = '/desktop';
export const RFB_SUBPROTOCOL = 'binary';

/** Close codes of the WebSocket (RFC 6455 §7.4). */
export const CLOSE_CODES = {
  /** The program ends: the page must not connect again. */
  goingAway: 1001,
  /** Too many pages at once (IANA: “Try Again Later”). */
  full: 1013,
  /** The desktop cannot be reached; the reason is an error code of the program. */
  failed: 4000,
  /** The program does not know the secret: the link was used or is too old. */
  unknownSecret: 4001,
} as const;

/** The languages of the page. */
export type PageLanguage = 'en' | 'zh';

/** What the page shows, and how it starts. */
export interface PageOptions {
  /** Node and display, `gv101:4`; from the platform, unchecked. */
  readonly name: string;
  readonly target: string;
  /** When the next nightly clean-up runs, ISO 8601 with the platform's offset. */
  readonly sweepAt: string;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: 'slow' | 'lan' | null;
  /** The VNC password where the user has given it to the program; else the page asks. */
  readonly password: string | null;
}

/**
 * The secrets of a loaded page, both good for as long as the program runs.
 *
 * They differ, so that whoever reads the storage of a tab cannot pass for the program in front of a page that is open.
 */
export interface PageKeys {
  /** For connecting again; kept in memory only. */
  readonly reconnect: string;
  /** For loading the page again; kept in `sessionStorage`. */
  readonly reload: string;
}

export interface PageSession extends PageOptions {
  /** New ones each time that a page is loaded; null when it only connects again. */
  readonly keys: PageKeys | null;
}
