/**
 * What the program and its browser page say to each other.
 *
 * The page hands in the secret of its link, or a key that it has had (`POST /session`, the word as the body), and is
 * answered with a `PageSession`; with the key it opens the WebSocket `/desktop`, which carries RFB.
 */
export const SESSION_PATH = '/session';
export const DESKTOP_PATH = '/desktop';

/** The subprotocol that the server answers with; the key is the second one that the page offers. */
export const RFB_SUBPROTOCOL = 'binary';

/** Close code of the WebSocket when the desktop cannot be had (RFC 6455 §7.4.2); the reason is an error code. */
export const FAILED_CLOSE_CODE = 4000;

/** The languages that the page speaks. */
export type PageLanguage = 'en' | 'zh';

/** What the page is for, and how it begins. */
export interface PageWishes {
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

export interface PageSession extends PageWishes {
  /** Opens the WebSocket for as long as the program runs. */
  readonly key: string;
}
