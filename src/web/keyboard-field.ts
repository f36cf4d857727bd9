import { make } from './elements.js';
import { texts } from './texts.js';
import type { Typist } from './typing.js';

/** How long a browser may take from the shortcut to the paste event. */
const PASTE_MS = 100;

/**
 * A hidden text field that takes the focus of the canvas, because input methods and paste events need an editable element.
 * Key events are forwarded to the canvas, where noVNC listens; composed text is typed.
 *
 * @param onPaste - Called with the text of the local clipboard, before the paste shortcut is sent.
 */
export function addKeyboardField(
  screen: HTMLElement,
  { type, press }: Typist,
  onPaste: (text: string) => void,
): void {
  const canvas = screen.querySelector('canvas');
  if (canvas === null) return;
  const field = make('textarea', {
    id: 'keyboard',
    'aria-label': texts.screen,
    autocapitalize: 'off',
    autocomplete: 'off',
    spellcheck: 'false',
    // No virtual keyboard: touch screens use the field of the keys panel.
    inputmode: 'none',
    tabindex: '-1',
  });
  canvas.parentElement?.append(field);
  canvas.addEventListener('focus', () => field.focus({ preventScroll: true }));
  // The input method shows its candidates at the field.
  canvas.addEventListener('mousedown', ({ clientX, clientY }) => {
    field.style.left = `${clientX}px`;
    field.style.top = `${clientY}px`;
  });

  let waiting: (() => void) | undefined;
  const pass = (event: KeyboardEvent) => {
    const copy = copyOf(event);
    // A queued event counts as handled.
    let isHandled = true;
    press(() => {
      isHandled = !canvas.dispatchEvent(copy);
    });
    if (isHandled) event.preventDefault();
  };
  const onKey = (event: KeyboardEvent) => {
    // Part of a composition, or a dead key.
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

/** Ctrl+V, Ctrl+Shift+V (terminals), Shift+Insert, ⌘V. */
function isPaste({ type, key, code, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (type !== 'keydown' || altKey) return false;
  return code === 'KeyV' ? ctrlKey !== metaKey : key === 'Insert' && shiftKey && !ctrlKey;
}

/** An event cannot be dispatched twice, and the constructor does not copy lock states. */
function copyOf(event: KeyboardEvent): KeyboardEvent {
  const { key, code, location, repeat, keyCode, ctrlKey, altKey, shiftKey, metaKey } = event;
  return new KeyboardEvent(event.type, {
    ...{ key, code, location, repeat, keyCode, ctrlKey, altKey, shiftKey, metaKey },
    modifierNumLock: event.getModifierState('NumLock'),
    modifierCapsLock: event.getModifierState('CapsLock'),
    cancelable: true,
  });
}
