import type { PageSession } from '../model/page.js';
import { minutesToSweep } from './count-down.js';
import { find, make, makePanel } from './elements.js';
import { texts } from './texts.js';

const EVERY_MS = 30_000;
const SOON_MINUTES = 10;

/** Name, address and size of the session, the time until the sweep, and the licences. */
export function makeFactsPanel({ name, target, sweepAt }: PageSession) {
  const size = make('dd', {});
  const sweep = make('dd', { id: 'sweep' });
  const warning = make('p', { class: 'warning', role: 'status' });
  const rows: readonly (readonly [label: string, value: HTMLElement])[] = [
    [texts.session, make('dd', {}, name)],
    [texts.address, make('dd', {}, target)],
    [texts.size, size],
    [texts.sweep, sweep],
  ];
  const facts = make('dl', {}, ...rows.flatMap(([label, value]) => [make('dt', {}, label), value]));
  const licences = make('a', { href: 'notices.txt', target: '_blank' }, texts.licences);
  const about = make('p', { class: 'note' }, texts.about, ' ', licences);
  const made = makePanel('facts', texts.session, facts, warning, about);

  function refresh(): void {
    const canvas = find('screen').querySelector('canvas');
    size.textContent = canvas === null ? '–' : `${canvas.width}×${canvas.height}`;
    const minutes = minutesToSweep(sweepAt, Date.now());
    const isSoon = minutes !== undefined && minutes <= SOON_MINUTES;
    sweep.textContent = minutes === undefined ? '–' : texts.sweepIn(minutes);
    warning.textContent = isSoon ? texts.sweepSoon : '';
    made.button.classList.toggle('soon', isSoon);
  }
  refresh();
  setInterval(refresh, EVERY_MS);
  made.panel.addEventListener('toggle', refresh);
  return made;
}
