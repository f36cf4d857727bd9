import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import { checkFile, isPrivate, type UserId } from './private-path.js';

/** Reads a private JSON file; empty when it does not exist. @throws store.damaged, store.unsafe, file system errors */
export function readJson(path: string, userId: UserId): Entries {
  return checkJson(path, userId) ? parseEntries(readIfThere(path) ?? '{}', path) : {};
}

/** Whether the file exists, after checking its type, owner, mode and size. @throws store.damaged, store.unsafe */
export function checkJson(path: string, userId: UserId): boolean {
  const stats = checkFile(path, userId);
  if (stats !== undefined && stats.size > MAX_BYTES) throw new DeskError('store.damaged', { path });
  return stats !== undefined;
}

/** @throws SyntaxError, store.damaged */
export function parseEntries(text: string, path: string): Entries {
  const entries: unknown = JSON.parse(text);
  if (isEntries(entries)) return entries;
  throw new DeskError('store.damaged', { path });
}

/** The file may disappear at any time: `logout --all` of another process removes it. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads a private JSON file without repairing or reporting anything, for completions. Undefined when the file is missing,
 * unreadable or accessible to others. The stamp identifies the version: inode, size and mtime.
 */
export function readJsonQuietly(folder: string, name: string, userId: UserId) {
  return ignoreErrors(() => {
    const path = join(folder, `${name}.json`);
    const isFolderPrivate = isPrivate(lstatSync(folder), userId);
    const stats = lstatSync(path);
    if (!isFolderPrivate || !stats.isFile() || !isPrivate(stats, userId)) return undefined;
    if (stats.size > MAX_BYTES) return undefined;
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const stamp = [stats.ino, stats.size, stats.mtimeMs].join(' ');
    return isEntries(entries) ? { entries, stamp } : undefined;
  });
}

export type Entries = Readonly<Record<string, unknown>>;

/** The largest file that is read, in bytes; ours are far smaller. */
const MAX_BYTES = 1024 * 1024;

/** Whether a JSON value is an object, neither array nor null. */
export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
