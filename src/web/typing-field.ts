import { make } from './elements.js';
import type { Texts } from './texts/en.js';
import { type Change, changeBetween } from './typing.js';

/** So much stays for a keyboard's own corrections to work on. */
const KEPT_CHARACTERS = 200;

/** A field that brings up the keyboard of a touch screen; what is typed or corrected in it is typed on the desktop. */
export function makeTypingField(texts: Texts, type: (change: Change) => void): HTMLElement {
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
    // Half a word of an input method is nothing yet.
    if (!(event as InputEvent).isComposing) follow();
  });
  field.addEventListener('compositionend', follow);
  return make('label', { for: 'typing' }, texts.typing, field);
}
