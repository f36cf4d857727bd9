import type RFB from '@novnc/novnc';

/** In either direction, in bytes of UTF-8. TigerVNC accepts 256 KiB unless `-MaxCutText` is set. */
export const MAX_CLIPBOARD_BYTES = 1024 * 1024;

/** `tooLong`: not sent; `latin1`: sent, with `?` for unsupported characters; `none`: nothing new, or view only. */
export type Sent = 'sent' | 'tooLong' | 'latin1' | 'none';

export type DesktopClipboard = ReturnType<typeof makeDesktopClipboard>;

const FETCH_MS = 1_000;
const BEYOND_LATIN_1 = /[^\0-\xff]/;

/** The clipboard of the desktop, also a `LendingClipboard`. */
export function makeDesktopClipboard() {
  let rfb: RFB | undefined;
  let isExtended = false;
  /** The last text exchanged, in either direction. */
  let shared: string | undefined;
  let onProvided = () => {};

  return {
    get isExtended() {
      return isExtended;
    },
    /** Switches to a new connection. */
    attach(attached: RFB, socket: WebSocket) {
      rfb = attached;
      isExtended = false;
      shared = undefined;
      watchClipboard(socket, (action) => {
        if (action === 'provide') onProvided();
        else isExtended = true;
      });
    },
    /** Sets the clipboard, unless it already contains this text. */
    send(text: string): Sent {
      if (rfb === undefined || rfb.viewOnly || text === '' || text === shared) return 'none';
      if (byteLength(text) > MAX_CLIPBOARD_BYTES) return 'tooLong';
      shared = text;
      rfb.clipboardPasteFrom(text);
      return isExtended || !BEYOND_LATIN_1.test(text) ? 'sent' : 'latin1';
    },
    /** Records a text copied on the desktop. */
    note(text: string) {
      shared = text;
    },
    async lend(text: string, use: () => void) {
      const fetched = new Promise<void>((resolve) => {
        onProvided = resolve;
        setTimeout(resolve, FETCH_MS);
      });
      rfb?.clipboardPasteFrom(text);
      use();
      await fetched;
      onProvided = () => {};
      if (shared !== undefined) rfb?.clipboardPasteFrom(shared);
    },
  };
}

export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** ClientCutText (RFC 6143 §7.5.6) and the Extended Clipboard pseudo-encoding (rfbproto). */
const CLIENT_CUT_TEXT = 6;
const LENGTH_AT = 4;
const ACTIONS_AT = 8;
const CAPS = 0x01;
const PROVIDE = 0x10;

/**
 * Observes the clipboard messages that noVNC sends over a socket, because noVNC has no API for this.
 *
 * @param onAction - `caps`: the desktop supports the Extended Clipboard; `provide`: it has fetched the offered text.
 */
function watchClipboard(socket: WebSocket, onAction: (action: 'caps' | 'provide') => void): void {
  socket.send = (data) => {
    WebSocket.prototype.send.call(socket, data);
    // noVNC sends one message per call, unless it exceeds its buffer.
    if (!(data instanceof Uint8Array) || data[0] !== CLIENT_CUT_TEXT) return;
    const isExtended = ((data[LENGTH_AT] ?? 0) & 0x80) !== 0;
    const actions = isExtended ? (data[ACTIONS_AT] ?? 0) : 0;
    if (actions & CAPS) onAction('caps');
    else if (actions & PROVIDE) onAction('provide');
  };
}
