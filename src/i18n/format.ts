export type Units = Readonly<Record<'seconds' | 'minutes' | 'hours' | 'days', string>>;

/** A duration in at most its two largest non-zero units: `45 s`, `12 min`, `3 h 20 min`, `2 d`. */
export function formatDistance(spanMs: number, units: Units, maxUnits = 2): string {
  const seconds = Math.floor(spanMs / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (minutes < 1) return `${seconds} ${units.seconds}`;
  if (hours < 1) return `${minutes} ${units.minutes}`;
  const parts =
    days < 1
      ? [`${hours} ${units.hours}`, ...(minutes % 60 ? [`${minutes % 60} ${units.minutes}`] : [])]
      : [`${days} ${units.days}`, ...(hours % 24 ? [`${hours % 24} ${units.hours}`] : [])];
  return parts.slice(0, maxUnits).join(' ');
}

/** `003.008` (RFC 6143 §7.1.1) as `3.8`; anything else is returned unchanged. */
export function shortRfbVersion(version: string): string {
  return version.replace(/^0*(\d+)\.0*(\d+)$/, '$1.$2');
}

/** `2026-12-01T10:19:36+08:00` as `2026-12-01 10:19:36 +08:00`; anything else is returned unchanged. */
export function shortTime(iso: string): string {
  return iso.replace(/^([\d-]{10})T([\d:]{8})([+-][\d:]{5})$/, '$1 $2 $3');
}

/** How far a clock is off, to the nearest minute above one hour: the exact value depends on the length of a request. */
export function formatOffset(offsetMs: number, units: Units): string {
  const stepMs = Math.abs(offsetMs) < 3_600_000 ? 1_000 : 60_000;
  return formatDistance(Math.round(Math.abs(offsetMs) / stepMs) * stepMs, units);
}
