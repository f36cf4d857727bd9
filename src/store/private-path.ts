import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import type { ErrorDetails } from '../errors/codes.js';
import { DeskError } from '../errors/desk-error.js';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const OTHERS = 0o077;
const OUR_NAMES =
  /^(settings|credentials|completions|update|lock|state|last-failed-run|renewal-[0-9a-f]{16})(\.|$)/;

/** The effective user id; undefined where there is none (Windows), and then owner and mode are not looked at. */
export type UserId = number | undefined;

/**
 * Whether the folder is there, after making sure that it is a real one, ours, and shut to others.
 * A folder with only our files in it is shut silently; one with other things in it is not ours to change.
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

/** Makes the folder, and those above it that are missing, with mode 0700. @throws store.unsafe */
export function createFolder(path: string, userId: UserId): void {
  makeFolders(path);
  checkFolder(path, userId);
}

/** Where nothing can be made, Node's `recursive` reports ENOENT instead of the cause (EROFS). */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  try {
    mkdirSync(path, { mode: FOLDER_MODE });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** What is known of the file, if it is there, after making sure that it is a real one, ours, and 0600. @throws store.unsafe */
export function checkFile(path: string, userId: UserId): Stats | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  // A fifo would hold the reader for ever, and behind a symlink is somebody else's file.
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
  if (userId === undefined) return;
  if (stats.uid !== userId) throw unsafe(path, `uid ${stats.uid}`);
  if ((stats.mode & OTHERS) === 0) return;
  const isOurs = mayRepair();
  if (isOurs) chmodSync(path, mode);
  // Some file systems accept a chmod and do nothing (drvfs of WSL without `metadata`).
  const after = lstatSync(path).mode & 0o777;
  if ((after & OTHERS) === 0) return;
  throw unsafe(path, `mode 0${after.toString(8)}`, isOurs ? 'remount' : 'chmod');
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
