import RFB from '@novnc/novnc';

export interface DesktopEvents {
  onConnected(): void;
  onPasswordNeeded(): void;
  /** The desktop wants a user name too (VeNCrypt Plain, ARD, MS-Logon), which would go to it unencrypted or nearly so. */
  onUserNameNeeded(): void;
  /** @param isForPassword - Whether another password may do; otherwise the server lets nobody in now. */
  onRefused(isForPassword: boolean): void;
  /** The desktop wants its key to be approved (RSA-AES), and nobody here can compare it. */
  onUnknownKey(): void;
  onClosed(event: CloseEvent): void;
  /** Text that was copied on the desktop: untrusted. */
  onClipboard(text: string): void;
}

/** Shows the desktop in an element, over a WebSocket whose other end has proved itself; whoever opens it calls `disconnect`. */
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
  // Servers that lock out say so before they ask for anything (TigerVNC: "Too many security failures").
  rfb.addEventListener('securityfailure', ({ detail }) =>
    events.onRefused(!/too many|blacklist|lock/i.test(detail.reason ?? '')),
  );
  rfb.addEventListener('serververification', () => events.onUnknownKey());
  rfb.addEventListener('clipboard', ({ detail }) => events.onClipboard(detail.text));
  socket.addEventListener('close', (event) => events.onClosed(event));
  return rfb;
}
