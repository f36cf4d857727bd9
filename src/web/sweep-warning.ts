import { showBanner } from './banner.js';
import { dueWarnings } from './count-down.js';
import type { Texts } from './texts/en.js';

const MINUTE_MS = 60_000;
const EVERY_MS = 10_000;

/** Warns before the nightly sweep with a banner and, if permitted, a notification. */
export function warnBeforeSweep(texts: Texts, sweepAt: string): void {
  let shown = 0;
  const check = () => {
    const due = dueWarnings(sweepAt, Date.now()) ?? 0;
    if (due <= shown) return;
    shown = due;
    const minutes = Math.ceil((Date.parse(sweepAt) - Date.now()) / MINUTE_MS);
    warn(texts, minutes);
  };
  check();
  setInterval(check, EVERY_MS);
}

function warn(texts: Texts, minutes: number): void {
  const text = texts.sweepWarning(minutes);
  const onClick = () => void Notification.requestPermission();
  const mayAsk = 'Notification' in window && Notification.permission === 'default';
  showBanner(texts, 'sweep-warning', text, mayAsk ? [{ label: texts.notify, onClick }] : []);
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    new Notification('hpc-desk', { body: text, tag: 'hpc-desk-sweep' });
  } catch {
    // Chrome on Android supports notifications from service workers only.
  }
}
