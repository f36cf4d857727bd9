import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorDetails } from '../errors/codes.js';
import { DeskError } from '../errors/desk-error.js';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const GROUP_AND_OTHERS = 0o077;
const OUR_NAMES =
  /^(settings|credentials|completions|update|lock|state|last-failed-run|renewal-[0-9a-f]{16}|[0-9a-f]{8})(\.|$)/;

/** The effective uid; undefined on Windows, where owner and mode are not checked. */
export type UserId = number | undefined;

/**
 * Whether the folder exists, after checking that it is a real directory, owned by us and private (0700). The mode is
 * repaired only if the folder contains nothing but our files.
 *
 * @throws store.unsafe
 */
export function checkFolder(path: string, userId: UserId): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw unsafe(path, nameKind(stats));
  const mayRepair = () => readdirSync(path).every((name) => OUR_NAMES.test(name));
  checkAccess(path, stats, userId, FOLDER_MODE, mayRepair);
  return true;
}

/** Creates the folder and its missing parents with mode 0700. @throws store.unsafe */
export function createFolder(path: string, userId: UserId): void {
  makeFolders(path);
  checkFolder(path, userId);
}

/** Not `recursive`, which reports ENOENT instead of the cause, such as EROFS. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path, { mode: FOLDER_MODE });
  } catch (error) {
    // Created concurrently by another process.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The file's stats, if it exists, after checking that it is a regular file, owned by us and 0600. @throws store.unsafe */
export function checkFile(path: string, userId: UserId): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  // Opening a FIFO would block; a symlink may point to another user's file.
  if (!stats.isFile()) throw unsafe(path, nameKind(stats));
  checkAccess(path, stats, userId, FILE_MODE, () => true);
  return stats;
}

function checkAccess(
  path: string,
  stats: Stats,
  userId: UserId,
  mode: number,
  mayRepair: () => boolean,
): void {
  if (isPrivate(stats, userId)) return;
  if (stats.uid !== userId) throw unsafe(path, `uid ${stats.uid}`);
  const isOurs = mayRepair();
  if (isOurs) chmodSync(path, mode);
  // Some file systems ignore chmod silently (drvfs of WSL without `metadata`).
  const after = lstatSync(path);
  if (isPrivate(after, userId)) return;
  const problem = `mode 0${(after.mode & 0o777).toString(8)}`;
  throw unsafe(path, problem, isOurs ? 'remount' : 'chmod');
}

export function isPrivate({ uid, mode }: Stats, userId: UserId): boolean {
  return userId === undefined || (uid === userId && (mode & GROUP_AND_OTHERS) === 0);
}

function nameKind(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isDirectory()) return 'directory';
  if (stats.isFIFO()) return 'fifo';
  return stats.isFile() ? 'file' : 'special file';
}

function unsafe(
  path: string,
  problem: string,
  remedy: ErrorDetails['store.unsafe']['remedy'] = 'replace',
): DeskError {
  return new DeskError('store.unsafe', { path, problem, remedy });
}
