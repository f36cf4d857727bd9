import type RFB from '@novnc/novnc';
import type { DesktopClipboard } from './desktop-clipboard.js';
import { make, makeButton, makePanel } from './elements.js';
import { texts } from './texts.js';

export type ClipboardPanel = ReturnType<typeof makeClipboardPanel>;

/** Manual clipboard transfer, for browsers that do not share the clipboard. */
export function makeClipboardPanel(current: () => RFB | undefined, clipboard: DesktopClipboard) {
  let fromDesktop: string | undefined;
  const text = make('textarea', { id: 'clipboard-text', rows: '5' });
  const label = make('label', { for: text.id }, texts.clipboardLabel);
  const note = make('p', { class: 'note', role: 'status' });
  const send = makeButton('clipboard-send', texts.send, () => {
    const rfb = current();
    if (rfb === undefined) return;
    const sent = clipboard.send(text.value);
    if (rfb.viewOnly) note.textContent = texts.notSent;
    else if (sent === 'tooLong') note.textContent = texts.tooLong;
    else note.textContent = sent === 'latin1' ? texts.latin1Only : texts.sent;
  });
  const get = makeButton('clipboard-get', texts.get, () => {
    note.textContent = fromDesktop === undefined ? texts.nothingCopied : texts.got;
    if (fromDesktop === undefined) return;
    text.value = fromDesktop;
    navigator.clipboard.writeText(fromDesktop).catch(() => {});
  });
  const buttons = make('div', { class: 'row' }, send, get);
  return {
    ...makePanel('clipboard', texts.clipboard, label, text, buttons, note),
    /** Stores text copied on the desktop until the user gets it. */
    keep(copied: string) {
      fromDesktop = copied;
    },
  };
}
