import { join } from 'node:path';
import type { Candidate } from '../model/command-tree.js';
import { writeAtomic } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { isEntries, readJsonQuietly } from './json-file.js';
import type { UserId } from './private-path.js';

const NAME = 'completions';
const MAX_AGE_MS = 60_000;

/** A one-entry cache of live completions in a private file (0600). Creates no folder. */
export function createCompletionCache(folder: string, userId: UserId) {
  return {
    /** The candidates stored for this key in the last 60 s. */
    read(key: string, now: Date): readonly Candidate[] | undefined {
      const entries = readJsonQuietly(folder, NAME, userId)?.entries;
      if (entries?.key !== key || typeof entries.storedAtMs !== 'number') return undefined;
      const ageMs = now.getTime() - entries.storedAtMs;
      // Negative after the clock was set back.
      if (!(ageMs >= 0 && ageMs <= MAX_AGE_MS)) return undefined;
      const { candidates } = entries;
      return Array.isArray(candidates) && candidates.every(isCandidate) ? candidates : undefined;
    },
    /** Replaces the only entry; a failure is ignored. */
    write(key: string, now: Date, candidates: readonly Candidate[]): void {
      const text = JSON.stringify({ key, storedAtMs: now.getTime(), candidates });
      ignoreErrors(() => writeAtomic(join(folder, `${NAME}.json`), text, 0o600));
    },
  };
}

function isCandidate(value: unknown): value is Candidate {
  return isEntries(value) && typeof value.word === 'string' && typeof value.note === 'string';
}
