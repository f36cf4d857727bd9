import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { locateCacheFolder } from '../../store/folder.js';

/** Since Node 22.8; the types are of Node 20. */
const { enableCompileCache } = nodeModule as {
  enableCompileCache?: (folder: string) => unknown;
};

/**
 * Enables Node's compile cache, which saves 0.8 × Node's start-up time (`npm run bench`). Write access to the cache
 * means code execution as the user, so it is used only in a folder that no other user can modify.
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
    // Works without a cache, only slower.
  }
}

/**
 * Creates the folder and its parents if missing.
 *
 * @returns its real path; undefined when another user could modify it, or when that is unknown, as on Windows.
 * @throws a file system error
 */
export function openPrivateFolder(folder: string, userId: number | undefined): string | undefined {
  // Under sudo, a new folder would belong to root and block its owner.
  if (userId === undefined || lstatSync(nearest(folder)).uid !== userId) return undefined;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = realpathSync(folder);
  const { uid, mode } = lstatSync(path);
  return uid === userId && (mode & 0o077) === 0 && isSafe(dirname(path), userId) ? path : undefined;
}

/** The folder itself or its closest existing parent. */
function nearest(folder: string): string {
  const exists = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return exists ? folder : nearest(dirname(folder));
}

/** Whether only the user and root can rename entries of the folder and its parents. */
function isSafe(folder: string, userId: number): boolean {
  const { uid, mode } = lstatSync(folder);
  const isSticky = (mode & 0o1000) !== 0;
  if ((uid !== userId && uid !== 0) || ((mode & 0o022) !== 0 && !isSticky)) return false;
  return dirname(folder) === folder || isSafe(dirname(folder), userId);
}
