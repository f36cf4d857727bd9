import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import { checkFile, type UserId } from './private-path.js';

/** What one of our files holds; empty when there is none. @throws store.damaged, store.unsafe, the file system's own errors */
export function readJson(path: string, userId: UserId): Entries {
  return checkJson(path, userId) ? parseEntries(readIfThere(path) ?? '{}', path) : {};
}

/** Whether one of our files is there, after making sure that it may be read. @throws store.damaged, store.unsafe */
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

/** The file may be gone at any moment, for another process may log out of everything. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

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

/** The content of one of our files. */
export type Entries = Readonly<Record<string, unknown>>;

/** The largest file that is read; more than this was not written by us. */
export const MAX_BYTES = 1024 * 1024;

/** Whether a value out of JSON is an object, and neither a list nor null. */
export function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
