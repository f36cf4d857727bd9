import type RFB from '@novnc/novnc';
import type { ClipboardPanel } from './clipboard-panel.js';
import { byteLength, type DesktopClipboard, MAX_CLIPBOARD_BYTES } from './desktop-clipboard.js';
import { showBanner } from './elements.js';
import { texts } from './texts.js';

/** `unknown`: the browser has no clipboard-read permission (Firefox); the panel is used instead. */
type Permission = PermissionState | 'unknown';

/**
 * Synchronises the local clipboard with that of the desktop while the page has the focus, if the user allows it. The user
 * is asked once, when there is something to share.
 */
export function shareClipboard(
  clipboard: DesktopClipboard,
  panel: ClipboardPanel,
  current: () => RFB | undefined,
) {
  let permission: Permission = 'unknown';
  let hasAsked = false;
  /** Copied on the desktop before the user answered. */
  let waiting: string | undefined;

  const report = (text: string) => showBanner('clipboard-report', text);

  function send(text: string): void {
    const sent = clipboard.send(text);
    if (sent === 'tooLong') report(texts.tooLong);
    if (sent === 'latin1') report(texts.latin1Only);
  }

  /** Sends the local clipboard to the desktop. */
  async function offer(): Promise<void> {
    if (current()?.viewOnly !== false || !document.hasFocus()) return;
    if (permission === 'prompt') ask();
    // Rejected when the permission was revoked or the focus is lost.
    else if (permission === 'granted') await navigator.clipboard.readText().then(send, () => {});
  }

  /** Call on a new connection. */
  function begin(): void {
    if (permission === 'granted') void offer();
  }

  function ask(): void {
    if (hasAsked) return;
    hasAsked = true;
    // This call triggers the browser's permission prompt.
    const onClick = () =>
      navigator.clipboard
        .readText()
        .then((text) => (waiting === undefined ? send(text) : put(waiting)))
        .catch(() => {});
    showBanner('clipboard-ask', texts.shareAsked, { label: texts.share, onClick });
  }

  const put = (text: string) => void navigator.clipboard.writeText(text).catch(() => {});

  // Rejected by Firefox, which has no such permission.
  navigator.permissions
    .query({ name: 'clipboard-read' as PermissionName })
    .then((status) => {
      permission = status.state;
      status.addEventListener('change', () => {
        permission = status.state;
      });
      begin();
    })
    .catch(() => {});
  window.addEventListener('focus', () => void offer());

  return {
    begin,
    /** Text of a paste event, which needs no permission. */
    paste: send,
    /** Text copied on the desktop; untrusted. */
    receive(text: string) {
      clipboard.note(text);
      panel.keep(text);
      if (byteLength(text) > MAX_CLIPBOARD_BYTES) report(texts.tooLongToGet);
      else if (permission === 'granted' && document.hasFocus()) put(text);
      else if (permission === 'prompt') {
        waiting = text;
        ask();
      }
    },
  };
}
