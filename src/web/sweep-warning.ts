import { dueWarnings, minutesToSweep } from './count-down.js';
import { showBanner } from './elements.js';
import { texts } from './texts.js';

const EVERY_MS = 10_000;
const BANNER = 'sweep-warning';

/** Warns before each nightly sweep with a banner and, if permitted, a notification. */
export function warnBeforeSweep(sweepAt: string): void {
  let shown = 0;
  const check = () => {
    const minutes = minutesToSweep(sweepAt, Date.now());
    if (minutes === undefined) return;
    const due = dueWarnings(minutes);
    if (due > shown) warn(minutes);
    // The sweep is over.
    if (due < shown) document.getElementById(BANNER)?.remove();
    shown = due;
  };
  check();
  setInterval(check, EVERY_MS);
}

function warn(minutes: number): void {
  const text = texts.sweepWarning(minutes);
  const onClick = () => void Notification.requestPermission();
  const mayAsk = 'Notification' in window && Notification.permission === 'default';
  showBanner(BANNER, text, mayAsk ? { label: texts.notify, onClick } : undefined);
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    new Notification('hpc-desk', { body: text, tag: 'hpc-desk-sweep' });
  } catch {
    // Chrome on Android supports notifications from service workers only.
  }
}
