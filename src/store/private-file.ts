import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { commitFile, loadConf, sweepStaged } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { type Entries, readJson } from './json-file.js';
import { checkFile, checkFolder, createFolder, type UserId } from './private-path.js';
import type { LockHost } from './process-identity.js';

/** A JSON file that only we can read and that many processes may change at the same time. */
export interface PrivateFile {
  readonly path: string;
  /** Its content now; empty when there is no file. Creates nothing. @throws store.damaged, store.unsafe, store.unusable */
  read(): Promise<Entries>;
  /**
   * Replaces the content by what `edit` makes of it, with the lock held; undefined leaves it and creates nothing.
   * `edit` may be called twice. After any failure the old content is still there.
   *
   * @throws store.*
   */
  change(edit: (content: Entries) => Entries | undefined): Promise<void>;
  /** Removes the file, and answers with what it held; undefined when that could not be read. @throws store.* */
  remove(): Promise<Entries | undefined>;
}

export interface PrivateFileOptions {
  readonly folder: string;
  /** Without `.json`. */
  readonly name: string;
  readonly userId: UserId;
  readonly host: LockHost;
}

/** An edit takes milliseconds, but on a busy machine many may be in line before us. */
const WAITING = { patienceMs: 10_000, limitMs: 60_000 };

export function createPrivateFile(options: PrivateFileOptions): PrivateFile {
  const { folder, name, userId, host } = options;
  const path = join(folder, `${name}.json`);
  const lock = join(folder, 'lock');

  const removeNow = (): Entries | undefined => {
    // Damaged or unsafe: it goes all the same.
    const content = ignoreErrors(() => readJson(path, userId));
    sweepStaged(folder, name);
    removeFile(path, userId);
    return content;
  };

  return {
    path,
    read: () =>
      reporting(path, async () => (checkFolder(folder, userId) ? readJson(path, userId) : {})),
    change: (edit) =>
      reporting(path, async () => {
        if (!checkFolder(folder, userId)) {
          if (edit({}) === undefined) return;
          createFolder(folder, userId);
        }
        const write = await loadConf();
        const { withLock } = await import('./lock.js');
        await withLock(lock, host, WAITING, async (isHeld) => {
          sweepStaged(folder, name);
          const entries = edit(readJson(path, userId));
          if (entries === undefined) return;
          await commitFile({ write, folder, name, entries, lock, isHeld, sleep: host.sleep });
        });
      }),
    remove: () =>
      reporting(path, async () => {
        if (!checkFolder(folder, userId)) return {};
        try {
          const { withLock } = await import('./lock.js');
          return await withLock(lock, host, WAITING, removeNow);
        } catch (error) {
          // A full disk has no room for the lock, nor for anything that another process may want to write.
          if (!isDeskError(toStoreFailure(error, path), 'store.full')) throw error;
          return removeNow();
        }
      }),
  };
}

async function reporting<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toStoreFailure(error, path);
  }
}

function removeFile(path: string, userId: UserId): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    checkFile(path, userId); // Says it better when there is a directory.
    throw error;
  }
}

/**
 * Says what a failure of the file system means for the store; anything else comes back as it was.
 *
 * @see errno(3)
 */
export function toStoreFailure(error: unknown, path: string): unknown {
  if (isDeskError(error) || !(error instanceof Error)) return error;
  // Without its cause: the message of JSON.parse quotes the text, which may be a token.
  if (error instanceof SyntaxError) return new DeskError('store.damaged', { path });
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? new DeskError('store.full', { path }, { cause: error })
    : new DeskError('store.unusable', { path, reason: code }, { cause: error });
}
