import { join } from 'node:path';
import { attempt } from '../store/attempt.js';
import { peekEntries } from '../store/peek-entries.js';
import type { UserId } from '../store/private-path.js';
import { replaceWhole } from '../store/replace-whole.js';

/** What is remembered about new versions between runs; times as ISO. */
export interface UpdateState {
  readonly latest?: string;
  readonly checkedAt?: string;
  readonly noticedAt?: string;
}

const NAME = 'update';

/** Reads what an earlier run wrote; whatever else lies there counts as nothing. */
export function readUpdateState(folder: string, userId: UserId): UpdateState {
  const entries = Object.entries(peekEntries(folder, NAME, userId)?.entries ?? {});
  return Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
}

/** Writes into a folder that is there; where that fails the next run begins anew. */
export function writeUpdateState(folder: string, state: UpdateState): void {
  attempt(() => replaceWhole(join(folder, `${NAME}.json`), JSON.stringify(state), 0o600));
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
