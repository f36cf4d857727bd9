const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Reads `90s`, `10m`, `2h` or plain seconds (1 s … 24 h) and answers in milliseconds. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d{1,6})([smh]?)$/.exec(text);
  if (match === null) return undefined;
  const unit = (match[2] || 's') as keyof typeof UNIT_MS;
  const durationMs = Number(match[1]) * UNIT_MS[unit];
  return durationMs > 0 && durationMs <= 24 * UNIT_MS.h ? durationMs : undefined;
}
