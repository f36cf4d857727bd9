import type RFB from '@novnc/novnc';
import { make, makeButton, makePanel, press } from './elements.js';
import { texts } from './texts.js';
import { type Change, changeBetween } from './typing.js';

/** X11 keysyms (keysymdef.h) of keys that virtual keyboards lack. */
const HELD = [
  ['Ctrl', 0xffe3, 'ControlLeft'],
  ['Alt', 0xffe9, 'AltLeft'],
  ['Shift', 0xffe1, 'ShiftLeft'],
  ['Super', 0xffeb, 'MetaLeft'],
] as const;
const F1 = 0xffbe;
const TYPED = [
  ['Esc', 0xff1b, 'Escape'],
  ['Tab', 0xff09, 'Tab'],
  ['Home', 0xff50, 'Home'],
  ['End', 0xff57, 'End'],
  ['PgUp', 0xff55, 'PageUp'],
  ['PgDn', 0xff56, 'PageDown'],
  ['←', 0xff51, 'ArrowLeft'],
  ['↑', 0xff52, 'ArrowUp'],
  ['↓', 0xff54, 'ArrowDown'],
  ['→', 0xff53, 'ArrowRight'],
  ['Del', 0xffff, 'Delete'],
  ['⌫', 0xff08, 'Backspace'],
  ['⏎', 0xff0d, 'Enter'],
  ...Array.from(
    { length: 12 },
    (_, index) => [`F${index + 1}`, F1 + index, `F${index + 1}`] as const,
  ),
] as const;

/** Keys for touch screens; modifiers toggle. */
export function makeKeysPanel(current: () => RFB | undefined, type: (change: Change) => void) {
  const held = HELD.map(([name, keysym, code]) => {
    const button = makeButton(`key-${code}`, name, () => {
      const isDown = button.getAttribute('aria-pressed') !== 'true';
      press(button, isDown);
      current()?.sendKey(keysym, code, isDown);
    });
    press(button, false);
    return button;
  });
  const typed = TYPED.map(([name, keysym, code]) =>
    makeButton(`key-${code}`, name, () => current()?.sendKey(keysym, code)),
  );
  const ctrlAltDel = makeButton('ctrl-alt-del', 'Ctrl-Alt-Del', () => current()?.sendCtrlAltDel());
  const rows = [[...held, ctrlAltDel], typed].map((keys) => make('div', { class: 'row' }, ...keys));
  return {
    ...makePanel('keys', texts.keys, makeTypingField(type), ...rows),
    /** For a new connection, where no key is down. */
    forgetHeld() {
      for (const button of held) press(button, false);
    },
  };
}

/** Context kept for the autocorrection of virtual keyboards. */
const KEPT_CHARACTERS = 200;

/** A field that opens the virtual keyboard; input and corrections are typed on the desktop. */
function makeTypingField(type: (change: Change) => void): HTMLElement {
  const field = make('textarea', {
    id: 'typing',
    rows: '1',
    autocapitalize: 'off',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let typed = '';
  const follow = () => {
    if (typed !== field.value) type(changeBetween(typed, field.value));
    typed = field.value;
    if (typed.length > KEPT_CHARACTERS) field.value = typed = '';
  };
  field.addEventListener('input', (event) => {
    // Composition in progress.
    if (!(event as InputEvent).isComposing) follow();
  });
  field.addEventListener('compositionend', follow);
  return make('label', { for: 'typing' }, texts.typing, field);
}
