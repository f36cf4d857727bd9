import RFB from '@novnc/novnc';

export interface DesktopEvents {
  onConnected(): void;
  onPasswordNeeded(): void;
  /** The security type needs a user name (VeNCrypt Plain, ARD, MS-Logon), which would be sent unencrypted or weakly encrypted. */
  onUserNameNeeded(): void;
  /** @param isForPassword - The password was wrong; otherwise the server has locked us out. */
  onRefused(isForPassword: boolean): void;
  /** The server key needs approval (RSA-AES), and there is no known key to compare with. */
  onUnknownKey(): void;
  onClosed(event: CloseEvent): void;
  /** Text copied on the desktop; untrusted. */
  onClipboard(text: string): void;
}

/** Shows the desktop in an element, over an authenticated WebSocket; the caller calls `disconnect`. */
export function openDesktop(
  screen: HTMLElement,
  socket: WebSocket,
  password: string | undefined,
  events: DesktopEvents,
): RFB {
  const rfb = new RFB(screen, socket, {
    shared: true,
    ...(password !== undefined && { credentials: { password } }),
  });
  rfb.background = 'transparent';
  rfb.addEventListener('connect', () => events.onConnected());
  rfb.addEventListener('credentialsrequired', ({ detail }) => {
    if (detail.types.includes('username')) events.onUserNameNeeded();
    else events.onPasswordNeeded();
  });
  // A lockout is reported as a security failure too (TigerVNC: "Too many security failures").
  rfb.addEventListener('securityfailure', ({ detail }) =>
    events.onRefused(!/too many|blacklist|lock/i.test(detail.reason ?? '')),
  );
  rfb.addEventListener('serververification', () => events.onUnknownKey());
  rfb.addEventListener('clipboard', ({ detail }) => events.onClipboard(detail.text));
  socket.addEventListener('close', (event) => events.onClosed(event));
  return rfb;
}
