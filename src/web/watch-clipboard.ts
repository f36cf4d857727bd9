/** ClientCutText (RFC 6143 §7.5.6) and the Extended Clipboard pseudo-encoding (rfbproto). */
const CLIENT_CUT_TEXT = 6;
const LENGTH_AT = 4;
const ACTIONS_AT = 8;
const CAPS = 0x01;
const PROVIDE = 0x10;

export interface ClipboardEvents {
  /** The desktop supports the Extended Clipboard: noVNC has sent its caps. */
  onExtended(): void;
  /** The desktop has fetched the offered text. */
  onProvided(): void;
}

/** Observes the clipboard messages that noVNC sends over a socket, because noVNC has no API for this. */
export function watchClipboard(socket: WebSocket, events: ClipboardEvents): void {
  socket.send = (data) => {
    WebSocket.prototype.send.call(socket, data);
    // noVNC sends one message per call, unless it exceeds its buffer.
    if (!(data instanceof Uint8Array) || data[0] !== CLIENT_CUT_TEXT) return;
    const isExtended = ((data[LENGTH_AT] ?? 0) & 0x80) !== 0;
    const actions = isExtended ? (data[ACTIONS_AT] ?? 0) : 0;
    if (actions & CAPS) events.onExtended();
    else if (actions & PROVIDE) events.onProvided();
  };
}
