import { make } from './elements.js';
import type { Texts } from './texts/en.js';
import { type Change, changeBetween } from './typing.js';

/** Context kept for the autocorrection of virtual keyboards. */
const KEPT_CHARACTERS = 200;

/** A field that opens the virtual keyboard; input and corrections are typed on the desktop. */
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
    // Composition in progress.
    if (!(event as InputEvent).isComposing) follow();
  });
  field.addEventListener('compositionend', follow);
  return make('label', { for: 'typing' }, texts.typing, field);
}
