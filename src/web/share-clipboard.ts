import type RFB from '@novnc/novnc';
import { showBanner } from './banner.js';
import type { ClipboardPanel } from './clipboard-panel.js';
import { byteLength, type DesktopClipboard, MAX_CLIPBOARD_BYTES } from './desktop-clipboard.js';
import type { Texts } from './texts/en.js';

export interface SharedClipboard {
  /** What was copied on the desktop: untrusted. */
  receive(text: string): void;
  /** What the user pastes: the browser gives it away without being asked. */
  paste(text: string): void;
  /** Begins with a new connection. */
  begin(): void;
}

/** The browser's own word, and `unknown` where it has none for reading the clipboard (Firefox): there the panel is used. */
type Permission = PermissionState | 'unknown';

/**
 * Keeps the clipboards of this machine and of the desktop the same while the page has the focus, once the user has
 * allowed it: asked once, when there is something to share.
 */
export function shareClipboard(
  texts: Texts,
  clipboard: DesktopClipboard,
  panel: ClipboardPanel,
  current: () => RFB | undefined,
): SharedClipboard {
  let permission: Permission = 'unknown';
  let hasAsked = false;
  /** What was copied on the desktop before the user has answered. */
  let waiting: string | undefined;

  const report = (text: string) => showBanner(texts, 'clipboard-report', text);

  function send(text: string): void {
    const sent = clipboard.send(text);
    if (sent === 'tooLong') report(texts.tooLong);
    if (sent === 'latin1') report(texts.latin1Only);
  }

  /** Sends what is on the clipboard of this machine. */
  async function offer(): Promise<void> {
    const isShown = current() !== undefined && current()?.viewOnly === false;
    if (!isShown || !document.hasFocus()) return;
    if (permission === 'prompt') ask();
    // The browser may have changed its mind, or the focus may be gone.
    else if (permission === 'granted') await navigator.clipboard.readText().then(send, () => {});
  }

  function begin(): void {
    if (permission === 'granted') void offer();
  }

  function ask(): void {
    if (hasAsked) return;
    hasAsked = true;
    // The browser asks its own question with this call.
    const onClick = () =>
      navigator.clipboard
        .readText()
        .then((text) => (waiting === undefined ? send(text) : put(waiting)))
        .catch(() => {});
    showBanner(texts, 'clipboard-ask', texts.shareAsked, [{ label: texts.share, onClick }]);
  }

  const put = (text: string) => void navigator.clipboard.writeText(text).catch(() => {});

  // Firefox knows no such permission.
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
    paste: send,
    receive(text) {
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
