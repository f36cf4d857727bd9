import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { locateCacheFolder } from '../../store/folder.js';

/** Since Node 22.8; the types are those of Node 20. */
const { enableCompileCache } = nodeModule as {
  enableCompileCache?: (folder: string) => unknown;
};

/**
 * Lets Node keep the compiled code of the program for the next run, which then takes 0.8 times Node's start less
 * (`npm run bench`). Whoever can write to the cache can run code as the user, so it is kept in a folder that nobody else
 * can change, and nowhere when there is any doubt.
 */
export function useCompileCache({ env, geteuid, platform }: NodeJS.Process): void {
  if (enableCompileCache === undefined) return;
  try {
    const home = homedir();
    if (!isAbsolute(home) || !existsSync(home)) return;
    const folder = join(locateCacheFolder({ environment: env, home, platform }), 'compiled');
    const privateFolder = openPrivateFolder(folder, geteuid?.());
    if (privateFolder !== undefined) enableCompileCache(privateFolder);
  } catch {
    // Without a cache the program starts slower and does the same.
  }
}

/**
 * Makes the folder, and those above it, when they are missing.
 *
 * @returns its real path; undefined where somebody else could change it or what it holds, or where that cannot be told, as
 * on Windows.
 * @throws an error of the file system
 */
export function openPrivateFolder(folder: string, userId: number | undefined): string | undefined {
  // Below a folder of somebody else, as under sudo, ours would be in his way.
  if (userId === undefined || lstatSync(nearest(folder)).uid !== userId) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  const { uid, mode } = lstatSync(path);
  return uid === userId && (mode & 0o077) === 0 && isSafe(dirname(path), userId) ? path : undefined;
}

/** The folder, or the first one above it that exists. */
function nearest(folder: string): string {
  const exists = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return exists ? folder : nearest(dirname(folder));
}

/** Whether nobody but the user and root can rename what stands in a folder, or in one above it. */
function isSafe(folder: string, userId: number): boolean {
  const { uid, mode } = lstatSync(folder);
  const isSticky = (mode & 0o1000) !== 0;
  if ((uid !== userId && uid !== 0) || ((mode & 0o022) !== 0 && !isSticky)) return false;
  return dirname(folder) === folder || isSafe(dirname(folder), userId);
}
