/** Message types and fields of RFC 6143 §7.5.6 and of the rfbproto community's extended clipboard. */
const CLIENT_CUT_TEXT = 6;
const LENGTH_AT = 4;
const ACTIONS_AT = 8;
const CAPS = 0x01;
const PROVIDE = 0x10;

export interface ClipboardEvents {
  /** The desktop takes more than Latin-1: noVNC answers its capabilities. */
  onExtended(): void;
  /** The desktop has fetched the text that it was offered. */
  onProvided(): void;
}

/** Tells what noVNC, which keeps that to itself, sends of the clipboard over a socket. */
export function watchClipboard(socket: WebSocket, events: ClipboardEvents): void {
  socket.send = (data) => {
    WebSocket.prototype.send.call(socket, data);
    // noVNC sends each message by itself, unless it is longer than its buffer.
    if (!(data instanceof Uint8Array) || data[0] !== CLIENT_CUT_TEXT) return;
    const isExtended = ((data[LENGTH_AT] ?? 0) & 0x80) !== 0;
    const actions = isExtended ? (data[ACTIONS_AT] ?? 0) : 0;
    if (actions & CAPS) events.onExtended();
    else if (actions & PROVIDE) events.onProvided();
  };
}
