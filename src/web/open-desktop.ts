import RFB from '@novnc/novnc';
import { type ConnectionEvent, eventOf } from './connection-state.js';

/**
 * Shows the desktop in an element, over an authenticated WebSocket; the caller calls `disconnect`.
 *
 * @param onClipboard - Called with text copied on the desktop; untrusted.
 */
export function openDesktop(
  screen: HTMLElement,
  socket: WebSocket,
  password: string | undefined,
  onEvent: (event: ConnectionEvent) => void,
  onClipboard: (text: string) => void,
): RFB {
  const rfb = new RFB(screen, socket, {
    shared: true,
    ...(password !== undefined && { credentials: { password } }),
  });
  const close = (reason: string) => onEvent({ kind: 'closed', reason, nowMs: Date.now() });
  const end = (reason: string) => {
    close(reason);
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
    if (/too many|blacklist|lock/i.test(detail.reason ?? '')) close('rfb.lockedOut');
    else onEvent({ kind: 'passwordWrong' });
  });
  // RSA-AES, and there is no known key to compare with.
  rfb.addEventListener('serververification', () => end('unknownKey'));
  rfb.addEventListener('clipboard', ({ detail }) => onClipboard(detail.text));
  socket.addEventListener('close', (event) => onEvent(eventOf(event, Date.now())));
  return rfb;
}
