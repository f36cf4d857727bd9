import { join } from 'node:path';
import type { Candidate } from '../model/command-tree.js';
import { writeAtomic } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { readJsonQuietly } from './json-file.js';
import type { UserId } from './private-path.js';

export interface CompletionCache {
  /** What was kept for this key in the last minute. */
  read(key: string, now: Date): readonly Candidate[] | undefined;
  /** Keeps the answer in place of the one before; as far as that can be had. */
  write(key: string, now: Date, candidates: readonly Candidate[]): void;
}

const NAME = 'completions';
const MAX_AGE_MS = 60_000;

/** The one answer that completions remember, in a file of its own that only we can read. Makes no folder. */
export function createCompletionCache(folder: string, userId: UserId): CompletionCache {
  return {
    read(key, now) {
      const entries = readJsonQuietly(folder, NAME, userId)?.entries;
      if (entries?.key !== key || typeof entries.storedAtMs !== 'number') return undefined;
      const ageMs = now.getTime() - entries.storedAtMs;
      // A clock that was set back makes an answer no younger.
      if (!(ageMs >= 0 && ageMs <= MAX_AGE_MS)) return undefined;
      const { candidates } = entries;
      return Array.isArray(candidates) && candidates.every(isCandidate) ? candidates : undefined;
    },
    write(key, now, candidates) {
      const text = JSON.stringify({ key, storedAtMs: now.getTime(), candidates });
      ignoreErrors(() => writeAtomic(join(folder, `${NAME}.json`), text, 0o600));
    },
  };
}

function isCandidate(value: unknown): value is Candidate {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'word' in value &&
    typeof value.word === 'string' &&
    'note' in value &&
    typeof value.note === 'string'
  );
}
