import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { commitFile, loadConf, overwrite, sweepStaged } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { checkJson, type Entries, readJson } from './json-file.js';
import { checkFile, checkFolder, createFolder, type UserId } from './private-path.js';
import type { LockHost } from './process-identity.js';

/** A JSON file that only we can read and that many processes may change at the same time. */
export interface PrivateFile {
  readonly path: string;
  /** Its content now; empty when there is no file. Creates nothing. @throws store.damaged, store.unsafe, store.unusable */
  read(): Promise<Entries>;
  /**
   * Replaces the content by what `edit` makes of it, with the lock held; undefined leaves it and creates nothing.
   * `edit` may be called several times. After any failure, and after an abort, the old content is still there.
   *
   * @throws store.*, an AbortError
   */
  change(edit: Edit): Promise<void>;
  /** As `change`, for an edit that only takes something away: that needs no room on the disk. */
  reduce(edit: Edit): Promise<void>;
  /**
   * Removes the file, and answers with what it held; undefined when that could not be read.
   *
   * @throws store.*, an AbortError
   */
  remove(): Promise<Entries | undefined>;
}

export type Edit = (content: Entries) => Entries | undefined;

/** What ends a wait for other processes. */
export interface WaitLimits {
  /** Once it has aborted, nothing is changed any more. */
  readonly signal: AbortSignal;
  /** How long the run may still wait, in milliseconds. */
  remainingMs(): Promise<number>;
}

export interface PrivateFileOptions {
  readonly folder: string;
  /** Without `.json`. */
  readonly name: string;
  readonly userId: UserId;
  readonly host: LockHost;
  readonly limits: WaitLimits;
}

/** An edit takes milliseconds, but on a busy machine many may be in line before us. */
const MAX_PATIENCE_MS = 10_000;
const MAX_WAIT_MS = 60_000;

export function createPrivateFile(options: PrivateFileOptions): PrivateFile {
  const { folder, name, userId, host, limits } = options;
  const { signal } = limits;
  const path = join(folder, `${name}.json`);
  const lock = join(folder, 'lock');

  async function underLock<Result>(
    work: (isHeld: () => boolean) => Promise<Result> | Result,
  ): Promise<Result> {
    const { withLock } = await import('./lock.js');
    const limitMs = Math.min(MAX_WAIT_MS, await limits.remainingMs());
    const patienceMs = Math.min(MAX_PATIENCE_MS, limitMs);
    return withLock(lock, host, { patienceMs, limitMs, signal }, work);
  }

  /** A full disk has no room for the lock, nor for anything that another process may want to write. */
  async function evenOnFullDisk<Result>(
    work: () => Promise<Result>,
    withoutRoom: () => Result,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!isDeskError(toStoreFailure(error, path), 'store.full')) throw error;
      signal.throwIfAborted();
      return withoutRoom();
    }
  }

  async function change(edit: Edit): Promise<void> {
    if (!checkFolder(folder, userId)) {
      if (edit({}) === undefined) return;
      createFolder(folder, userId);
    }
    const openConf = await loadConf();
    await underLock(async (isHeld) => {
      sweepStaged(folder, name);
      const entries = edit(checkJson(path, userId) ? openConf(folder, name).store : {});
      if (entries === undefined) return;
      const sleep = (ms: number) => host.sleep(ms, signal);
      await commitFile({ openConf, folder, name, entries, lock, isHeld, sleep });
    });
  }

  function reduceInPlace(edit: Edit): void {
    // Without the lock, another process may have put a file in this one's place meanwhile.
    for (let left = edit(readJson(path, userId)); left !== undefined; ) {
      overwrite(path, left);
      left = edit(readJson(path, userId));
    }
  }

  function removeNow(): Entries | undefined {
    // Damaged or unsafe: it goes all the same.
    const content = ignoreErrors(() => readJson(path, userId));
    sweepStaged(folder, name);
    removeFile(path, userId);
    return content;
  }

  return {
    path,
    read: () =>
      reporting(path, async () => (checkFolder(folder, userId) ? readJson(path, userId) : {})),
    change: (edit) => reporting(path, () => change(edit)),
    reduce: (edit) =>
      reporting(path, () =>
        evenOnFullDisk(
          () => change(edit),
          () => reduceInPlace(edit),
        ),
      ),
    remove: () =>
      reporting(path, async () =>
        checkFolder(folder, userId) ? evenOnFullDisk(() => underLock(removeNow), removeNow) : {},
      ),
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
  if (isDeskError(error) || !(error instanceof Error) || error.name === 'AbortError') return error;
  // Without its cause: the message of JSON.parse quotes the text, which may be a token.
  if (error instanceof SyntaxError) return new DeskError('store.damaged', { path });
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code === 'EMFILE') {
    return new DeskError('system.limit', { limit: 'openFiles', reason: code }, { cause: error });
  }
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? new DeskError('store.full', { path }, { cause: error })
    : new DeskError('store.unusable', { path, reason: code }, { cause: error });
}
