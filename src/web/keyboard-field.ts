import { make } from './elements.js';
import type { Texts } from './texts/en.js';
import type { Typist } from './typing.js';

export interface KeyboardActions extends Typist {
  /** Called before the keys of a paste go to the desktop, with the text on the clipboard of this machine. */
  readonly onPaste: (text: string) => void;
}

/** How long a browser may take from the keys of a paste to its event. */
const PASTE_MS = 100;

/**
 * Takes the focus for the picture of the desktop, because input methods work, and browsers paste, in fields only. Keys go on
 * to the picture, where noVNC listens; text that no key has typed is typed there.
 */
export function addKeyboardField(
  screen: HTMLElement,
  texts: Texts,
  { type, press, onPaste }: KeyboardActions,
): void {
  const canvas = screen.querySelector('canvas');
  if (canvas === null) return;
  const field = make('textarea', {
    id: 'keyboard',
    'aria-label': texts.screen,
    autocapitalize: 'off',
    autocomplete: 'off',
    spellcheck: 'false',
    // Touch screens have the field of the keys.
    inputmode: 'none',
    tabindex: '-1',
  });
  canvas.parentElement?.append(field);
  canvas.addEventListener('focus', () => field.focus({ preventScroll: true }));
  // Where the input method shows its suggestions.
  canvas.addEventListener('mousedown', ({ clientX, clientY }) => {
    field.style.left = `${clientX}px`;
    field.style.top = `${clientY}px`;
  });

  let waiting: (() => void) | undefined;
  const pass = (event: KeyboardEvent) => {
    const copy = copyOf(event);
    // One that waits for its turn is taken too.
    let isTaken = true;
    press(() => {
      isTaken = !canvas.dispatchEvent(copy);
    });
    if (isTaken) event.preventDefault();
  };
  const onKey = (event: KeyboardEvent) => {
    // What belongs to an input method, or begins an accented letter.
    if (event.isComposing || event.keyCode === 229 || event.key === 'Dead') return;
    if (!isPaste(event)) return pass(event);
    waiting = () => {
      waiting = undefined;
      pass(event);
    };
    setTimeout(() => waiting?.(), PASTE_MS);
  };
  field.addEventListener('keydown', onKey);
  field.addEventListener('keyup', (event) => {
    waiting?.();
    pass(event);
  });
  field.addEventListener('paste', (event) => {
    event.preventDefault();
    onPaste(event.clipboardData?.getData('text/plain') ?? '');
    waiting?.();
  });
  const take = (inputType = '') => {
    const isDeletion = inputType.startsWith('delete');
    type({ deleted: isDeletion ? 1 : 0, inserted: field.value });
    field.value = '';
  };
  field.addEventListener('input', (event) => {
    const { isComposing, inputType } = event as InputEvent;
    if (!isComposing) take(inputType);
  });
  field.addEventListener('compositionend', () => take());
}

/** Ctrl+V, Ctrl+Shift+V (terminals), Shift+Insert, and ⌘V. */
function isPaste({ type, key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (type !== 'keydown' || altKey) return false;
  return code === 'KeyV' ? ctrlKey !== metaKey : key === 'Insert' && shiftKey && !ctrlKey;
}

/** An event is dispatched once only, and a copy does not take the state of the locks by itself. */
function copyOf(event: KeyboardEvent): KeyboardEvent {
  const { key, code, location, repeat, keyCode, ctrlKey, altKey, shiftKey, metaKey } = event;
  return new KeyboardEvent(event.type, {
    ...{ key, code, location, repeat, keyCode, ctrlKey, altKey, shiftKey, metaKey },
    modifierNumLock: event.getModifierState('NumLock'),
    modifierCapsLock: event.getModifierState('CapsLock'),
    cancelable: true,
  });
}
