import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** What is remembered about new versions between runs; times as ISO. */
export interface UpdateState {
  readonly latest?: string;
  readonly checkedAt?: string;
  readonly noticedAt?: string;
}

const MAX_BYTES = 4096;

/** Reads what an earlier run wrote; whatever else lies there counts as nothing. */
export function readUpdateState(path: string): UpdateState {
  try {
    const stats = lstatSync(path);
    if (!stats.isFile() || stats.size > MAX_BYTES) return {};
    const state: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof state !== 'object' || state === null) return {};
    const entries = Object.entries(state).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(entries) as UpdateState;
  } catch {
    return {};
  }
}

/** Writes into a folder that is there; where that fails the next run begins anew. */
export function writeUpdateState(path: string, state: UpdateState, pid: number): void {
  const staged = `${path}.${pid}`;
  try {
    writeFileSync(staged, JSON.stringify(state), { mode: 0o600, flag: 'wx' });
    renameSync(staged, path);
  } catch {
    rmSync(staged, { force: true });
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** Whether a time lies within the last 24 h; one in the future comes from a wrong clock. */
export function isOfToday(at: string | undefined, now: Date): boolean {
  const elapsedMs = now.getTime() - new Date(at ?? '').getTime();
  return elapsedMs >= 0 && elapsedMs < DAY_MS;
}

/** Whether a release is newer than what runs; a pre-release is news for nobody. */
export function isNewer(latest: string | undefined, current: string): boolean {
  const want = numbersOf(latest ?? '', /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/);
  const have = numbersOf(current, /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+].*)?$/);
  if (want === undefined || have === undefined) return false;
  for (const [index, number] of want.entries()) {
    const other = have[index] ?? 0;
    if (number !== other) return number > other;
  }
  return current.includes('-');
}

function numbersOf(version: string, pattern: RegExp): readonly number[] | undefined {
  return pattern.exec(version)?.slice(1).map(Number);
}
