import { formatDistance } from '../i18n/format.js';
import type { Messages } from '../i18n/messages.js';

/** `2023-02-02 11:59:45 +08:00 (3 h ago)`; anything but an ISO time is returned unchanged. */
export function formatMoment(iso: string, now: Date, words: Messages['time']): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(iso);
  if (match === null) return iso;
  const [, date, time, offset] = match;
  const distanceMs = new Date(iso).getTime() - now.getTime();
  const distance = formatDistance(Math.abs(distanceMs), words.units);
  const moment = `${date} ${time} ${offset}`;
  return words.aside(moment, distanceMs < 0 ? words.ago(distance) : words.ahead(distance));
}

/** The age of an ISO time in its largest unit, `3 h`; anything else is returned unchanged. */
export function formatAge(iso: string, now: Date, words: Messages['time']): string {
  const ageMs = now.getTime() - new Date(iso).getTime();
  // Clock skew may put the time in the future.
  return Number.isNaN(ageMs) ? iso : formatDistance(Math.max(0, ageMs), words.units, 1);
}
