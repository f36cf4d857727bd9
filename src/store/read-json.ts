import { readFileSync } from 'node:fs';
import { DeskError } from '../errors/desk-error.js';
import { type Entries, isEntries, MAX_BYTES } from './entries.js';
import { checkFile, type UserId } from './private-path.js';

/** What one of our files holds; empty when there is none. @throws store.damaged, store.unsafe, the file system's own errors */
export function readJson(path: string, userId: UserId): Entries {
  const stats = checkFile(path, userId);
  if (stats === undefined) return {};
  if (stats.size > MAX_BYTES) throw new DeskError('store.damaged', { path });
  const entries: unknown = JSON.parse(readIfThere(path) ?? '{}');
  if (isEntries(entries)) return entries;
  throw new DeskError('store.damaged', { path });
}

/** The file may be gone at any moment, for another process may log out of everything. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
