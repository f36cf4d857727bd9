import RFB from '@novnc/novnc';
import { DESKTOP_PATH, FAILED_CLOSE_CODE, RFB_SUBPROTOCOL } from '../model/page.js';

export interface DesktopEvents {
  onConnected(): void;
  onPasswordNeeded(): void;
  /** @param isForPassword - Whether another password may do; otherwise the server lets nobody in now. */
  onRefused(isForPassword: boolean): void;
  /** @param reason - The program's error code, where it told one. */
  onClosed(reason: string | undefined): void;
  /** Text that was copied on the desktop: untrusted. */
  onClipboard(text: string): void;
}

/** Opens the desktop in an element, over a WebSocket of its own; whoever opens it calls `disconnect`. */
export function openDesktop(
  screen: HTMLElement,
  key: string,
  password: string | undefined,
  events: DesktopEvents,
): RFB {
  const url = `ws://${location.host}${DESKTOP_PATH}`;
  const socket = new WebSocket(url, [RFB_SUBPROTOCOL, key]);
  const rfb = new RFB(screen, socket, {
    shared: true,
    ...(password !== undefined && { credentials: { password } }),
  });
  rfb.background = 'transparent';
  rfb.addEventListener('connect', () => events.onConnected());
  rfb.addEventListener('credentialsrequired', () => events.onPasswordNeeded());
  // Servers that lock out say so before they ask for anything (TigerVNC: "Too many security failures").
  rfb.addEventListener('securityfailure', ({ detail }) =>
    events.onRefused(!/too many|blacklist|lock/i.test(detail.reason ?? '')),
  );
  // The route is what proves where we are; a key that changes with each session of the user proves nothing.
  rfb.addEventListener('serververification', () => rfb.approveServer());
  rfb.addEventListener('clipboard', ({ detail }) => events.onClipboard(detail.text));
  socket.addEventListener('close', ({ code, reason }) =>
    events.onClosed(code === FAILED_CLOSE_CODE ? reason : undefined),
  );
  return rfb;
}
