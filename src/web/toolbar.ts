import type RFB from '@novnc/novnc';
import type { PageSession } from '../model/page.js';
import { makeClipboardPanel } from './clipboard-panel.js';
import { makeDesktopClipboard } from './desktop-clipboard.js';
import { find, make, makeButton } from './elements.js';
import { makeFactsPanel } from './facts-panel.js';
import { addKeyboardField } from './keyboard-field.js';
import { makeKeysPanel } from './keys-panel.js';
import { linkToPage } from './open-session.js';
import { makePictureTools, toggleFullScreen } from './picture-tools.js';
import { shareClipboard } from './share-clipboard.js';
import { warnBeforeSweep } from './sweep-warning.js';
import { texts } from './texts.js';
import { makeTypist } from './typing.js';

export type Toolbar = ReturnType<typeof makeToolbar>;

/** Fills the toolbar; the tools act on the connection that `current` returns. */
export function makeToolbar(session: PageSession, current: () => RFB | undefined) {
  const bar = find('toolbar');
  bar.setAttribute('aria-label', texts.toolbar);
  const name = make('strong', { class: 'name' }, session.name);
  const picture = makePictureTools(session, current);
  const desktopClipboard = makeDesktopClipboard();
  const typist = makeTypist(current, desktopClipboard);
  const clipboard = makeClipboardPanel(current, desktopClipboard);
  const shared = shareClipboard(desktopClipboard, clipboard, current);
  const keys = makeKeysPanel(current, typist.type);
  const facts = makeFactsPanel(session);
  const screenshot = makeButton('screenshot', texts.screenshot, () => savePicture(current()));
  const newWindow = makeButton('new-window', texts.newWindow, () => {
    // Without `noopener`, another program that later takes our port, and so our origin, could script this page.
    window.open(linkToPage(), '_blank', 'noopener');
  });
  const panels = [clipboard, keys, facts];
  const tools = make(
    'div',
    { id: 'tools' },
    ...picture.elements,
    ...panels.map(({ button }) => button),
    screenshot,
    newWindow,
  );
  const fold = makeButton('fold', '', () => setFolded(!bar.classList.contains('folded')));
  const setFolded = (isFolded: boolean) => {
    bar.classList.toggle('folded', isFolded);
    fold.textContent = isFolded ? '▾' : '▴';
    fold.setAttribute('aria-label', isFolded ? texts.expand : texts.collapse);
  };
  setFolded(false);
  bar.append(name, tools, fold, ...panels.map(({ panel }) => panel));
  addEscapeKeys(fold, current);
  warnBeforeSweep(session.sweepAt);
  if (session.fullScreen) document.addEventListener('click', toggleFullScreen, { once: true });
  return {
    /** Applies the settings to a new connection. */
    apply(rfb: RFB, socket: WebSocket) {
      keys.forgetHeld();
      picture.apply(rfb);
      desktopClipboard.attach(rfb, socket);
      addKeyboardField(find('screen'), typist, shared.paste);
    },
    /** Call when the desktop is shown. */
    begin: shared.begin,
    /** Text copied on the desktop; untrusted. */
    receiveClipboard: shared.receive,
  };
}

/** The desktop captures all keys while it has the focus; Ctrl+Alt+Shift moves the focus to the toolbar. */
function addEscapeKeys(first: HTMLElement, current: () => RFB | undefined): void {
  const onKey = (event: KeyboardEvent) => {
    if (!event.ctrlKey || !event.altKey || !event.shiftKey) return;
    event.stopImmediatePropagation();
    // noVNC will miss the keyup events; on blur of the window it releases all keys.
    window.dispatchEvent(new Event('blur'));
    current()?.blur();
    first.focus();
  };
  document.addEventListener('keydown', onKey, { capture: true });
}

function savePicture(rfb: RFB | undefined): void {
  rfb?.toBlob((picture) => {
    if (picture === null) return;
    const href = URL.createObjectURL(picture);
    make('a', { href, download: 'hpc-desk.png' }).click();
    URL.revokeObjectURL(href);
  });
}
