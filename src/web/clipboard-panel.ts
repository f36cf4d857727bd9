import type RFB from '@novnc/novnc';
import { make, makeButton, makePanel } from './elements.js';
import type { Texts } from './texts/en.js';

export interface ClipboardPanel {
  readonly button: HTMLElement;
  readonly panel: HTMLElement;
  /** Keeps what was copied on the desktop until the user asks for it. */
  keep(text: string): void;
}

/** In UTF-16 units; more than that is no text that somebody copied by hand. */
const MAX_LENGTH = 256 * 1024;

/** Text to the desktop, and from it after a click only: a desktop may not change the user's clipboard by itself. */
export function makeClipboardPanel(texts: Texts, current: () => RFB | undefined): ClipboardPanel {
  let fromDesktop: string | undefined;
  const text = make('textarea', { id: 'clipboard-text', rows: '5', maxlength: String(MAX_LENGTH) });
  const label = make('label', { for: text.id }, texts.clipboardLabel);
  const note = make('p', { class: 'note', role: 'status' });
  const send = makeButton('clipboard-send', texts.send, () => {
    const rfb = current();
    if (rfb === undefined) return;
    rfb.clipboardPasteFrom(text.value);
    note.textContent = rfb.viewOnly ? texts.notSent : texts.sent;
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
    keep(copied) {
      fromDesktop = copied.slice(0, MAX_LENGTH);
    },
  };
}
