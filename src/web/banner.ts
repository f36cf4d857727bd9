import { find, make, makeButton } from './elements.js';
import type { Texts } from './texts/en.js';

export interface Banner {
  close(): void;
}

/** Shows a message below the toolbar (an ARIA live region); one with the same id is replaced. */
export function showBanner(
  texts: Texts,
  id: string,
  text: string,
  actions: readonly { readonly label: string; readonly onClick: () => void }[] = [],
): Banner {
  document.getElementById(id)?.remove();
  const close = () => banner.remove();
  const buttons = actions.map(({ label, onClick }, index) =>
    makeButton(`${id}-${index}`, label, () => {
      close();
      onClick();
    }),
  );
  const banner = make(
    'div',
    { id, class: 'banner' },
    make('span', {}, text),
    ...buttons,
    makeButton(`${id}-close`, texts.close, close),
  );
  find('banners').append(banner);
  return { close };
}
