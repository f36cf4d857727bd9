import { texts } from './texts.js';

type Attributes = Readonly<Record<string, string>>;

/** An element of the page by id; the caller knows its type. */
export function find<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as Kind;
}

/** Creates an element; strings become text nodes, never markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function makeButton(
  id: string,
  label: string,
  onClick: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const button = make('button', { id, type: 'button', ...attributes }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** Sets the state of a toggle button. */
export function press(button: HTMLButtonElement, isOn: boolean): void {
  button.setAttribute('aria-pressed', String(isOn));
}

/** A panel below the toolbar and its button; one panel is open at a time. */
export function makePanel(
  name: string,
  label: string,
  ...children: readonly (Node | string)[]
): { readonly button: HTMLButtonElement; readonly panel: HTMLElement } {
  const id = `panel-${name}`;
  const panel = make('section', { id, class: 'panel', 'aria-label': label }, ...children);
  panel.hidden = true;
  const attributes = { 'aria-expanded': 'false', 'aria-controls': id };
  const button = makeButton(`open-${name}`, label, () => toggle(!panel.hidden), attributes);
  const toggle = (isOpen: boolean) => {
    for (const other of document.querySelectorAll<HTMLElement>('.panel')) other.hidden = true;
    for (const other of document.querySelectorAll('[aria-expanded]')) {
      other.setAttribute('aria-expanded', 'false');
    }
    panel.hidden = isOpen;
    button.setAttribute('aria-expanded', String(!isOpen));
    panel.dispatchEvent(new Event('toggle'));
  };
  panel.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    toggle(true);
    button.focus();
  });
  return { button, panel };
}

/** Shows a message below the toolbar (an ARIA live region); one with the same id is replaced. */
export function showBanner(
  id: string,
  text: string,
  action?: { readonly label: string; readonly onClick: () => void },
): void {
  document.getElementById(id)?.remove();
  const close = () => banner.remove();
  const act = () => {
    close();
    action?.onClick();
  };
  const banner = make('div', { id, class: 'banner' }, make('span', {}, text));
  if (action !== undefined) banner.append(makeButton(`${id}-action`, action.label, act));
  banner.append(makeButton(`${id}-close`, texts.close, close));
  find('banners').append(banner);
}
