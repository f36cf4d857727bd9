import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { type Entries, isEntries, MAX_BYTES } from './entries.js';
import { ignoreErrors } from './ignore-errors.js';
import type { UserId } from './private-path.js';

export interface JsonFile {
  readonly entries: Entries;
  /** Changes with every change of the file. */
  readonly stamp: string;
}

const OTHERS = 0o077;

/**
 * Reads one of our files as a completion may: it repairs nothing, reports nothing and loads nothing. Undefined when the
 * file is not there, not readable, or not shut to others.
 */
export function readJsonQuietly(
  folder: string,
  name: string,
  userId: UserId,
): JsonFile | undefined {
  return ignoreErrors(() => {
    const path = join(folder, `${name}.json`);
    const isFolderShut = isShut(lstatSync(folder), userId);
    const stats = lstatSync(path);
    if (!isFolderShut || !stats.isFile() || !isShut(stats, userId)) return undefined;
    if (stats.size > MAX_BYTES) return undefined;
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const stamp = [stats.ino, stats.size, stats.mtimeMs].join(' ');
    return isEntries(entries) ? { entries, stamp } : undefined;
  });
}

function isShut(stats: Stats, userId: UserId): boolean {
  return userId === undefined || (stats.uid === userId && (stats.mode & OTHERS) === 0);
}
