import RFB from '@novnc/novnc';
import { type ConnectionEvent, eventOf } from './connection-state.js';

export interface DesktopEvents {
  onEvent(event: ConnectionEvent): void;
  /** Text copied on the desktop; untrusted. */
  onClipboard(text: string): void;
}

/** Shows the desktop in an element, over an authenticated WebSocket; the caller calls `disconnect`. */
export function openDesktop(
  screen: HTMLElement,
  socket: WebSocket,
  password: string | undefined,
  { onEvent, onClipboard }: DesktopEvents,
): RFB {
  const rfb = new RFB(screen, socket, {
    shared: true,
    ...(password !== undefined && { credentials: { password } }),
  });
  const end = (reason: string) => {
    onEvent({ kind: 'closed', reason, nowMs: Date.now() });
    rfb.disconnect();
  };
  rfb.background = 'transparent';
  rfb.addEventListener('connect', () => onEvent({ kind: 'connected' }));
  rfb.addEventListener('credentialsrequired', ({ detail }) => {
    // A security type with a user name (VeNCrypt Plain, ARD, MS-Logon) sends it unencrypted or weakly encrypted.
    if (detail.types.includes('username')) end('unknownLogin');
    else onEvent({ kind: 'passwordNeeded' });
  });
  rfb.addEventListener('securityfailure', ({ detail }) => {
    // TigerVNC: "Too many security failures".
    const isLockedOut = /too many|blacklist|lock/i.test(detail.reason ?? '');
    onEvent(
      isLockedOut
        ? { kind: 'closed', reason: 'rfb.lockedOut', nowMs: Date.now() }
        : { kind: 'passwordWrong' },
    );
  });
  // RSA-AES, and there is no known key to compare with.
  rfb.addEventListener('serververification', () => end('unknownKey'));
  rfb.addEventListener('clipboard', ({ detail }) => onClipboard(detail.text));
  socket.addEventListener('close', (event) => onEvent(eventOf(event, Date.now())));
  return rfb;
}
