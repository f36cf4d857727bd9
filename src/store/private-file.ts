import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { commitFile, loadConf, overwrite, sweepStaged } from './atomic-write.js';
import { ignoreErrors } from './ignore-errors.js';
import { checkJson, type Entries, readJson } from './json-file.js';
import { withLock } from './lock.js';
import { checkFile, checkFolder, createFolder, type UserId } from './private-path.js';
import type { LockHost } from './process-identity.js';

type Edit = (content: Entries) => Entries | undefined;

export interface WaitLimits {
  /** Nothing is changed after it has aborted. */
  readonly signal: AbortSignal;
  /** How long the run may still wait for other processes, in milliseconds. */
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

/** An edit takes milliseconds, but on a busy machine many may be queued. */
const MAX_PATIENCE_MS = 10_000;
const MAX_WAIT_MS = 60_000;

export type PrivateFile = ReturnType<typeof createPrivateFile>;

/** A private JSON file (0600) that processes may change concurrently. */
export function createPrivateFile({ folder, name, userId, host, limits }: PrivateFileOptions) {
  const { signal } = limits;
  const path = join(folder, `${name}.json`);
  const lock = join(folder, 'lock');

  async function underLock<Result>(
    work: (isHeld: () => boolean) => Promise<Result> | Result,
  ): Promise<Result> {
    const limitMs = Math.min(MAX_WAIT_MS, await limits.remainingMs());
    const patienceMs = Math.min(MAX_PATIENCE_MS, limitMs);
    return withLock(lock, host, { patienceMs, limitMs, signal }, work);
  }

  /** On a full disk neither we can create the lock nor can other processes write. */
  function onFullDisk<Result>(work: () => Result): (error: unknown) => Result {
    return (error) => {
      if (!isDeskError(toStoreFailure(error, path), 'store.full')) throw error;
      signal.throwIfAborted();
      return work();
    };
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
    // Without the lock another process may have replaced the file meanwhile, so check again.
    for (let left = edit(readJson(path, userId)); left !== undefined; ) {
      overwrite(path, left);
      left = edit(readJson(path, userId));
    }
  }

  function removeNow(): Entries | undefined {
    // A damaged or unsafe file is removed as well.
    const content = ignoreErrors(() => readJson(path, userId));
    sweepStaged(folder, name);
    try {
      rmSync(path, { force: true });
    } catch (error) {
      checkFile(path, userId); // A better error for a directory.
      throw error;
    }
    return content;
  }

  async function withStoreErrors<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw toStoreFailure(error, path);
    }
  }

  const exists = () => checkFolder(folder, userId);
  return {
    path,
    /** The current content; empty when there is no file. Creates nothing. @throws store.damaged, store.unsafe, store.unusable */
    read: () => withStoreErrors(() => (exists() ? readJson(path, userId) : {})),
    /**
     * Replaces the content with the result of `edit` under the lock; undefined changes and creates nothing. `edit` may be
     * called several times. After a failure or an abort the old content is unchanged.
     *
     * @throws store.*, an AbortError
     */
    change: (edit: Edit) => withStoreErrors(() => change(edit)),
    /** Like `change`, for an edit that only removes something; works on a full disk. */
    reduce: (edit: Edit) =>
      withStoreErrors(() => change(edit).catch(onFullDisk(() => reduceInPlace(edit)))),
    /** Removes the file; returns its content, or undefined if it was unreadable. @throws store.*, an AbortError */
    remove: () =>
      withStoreErrors<Entries | undefined>(() =>
        exists() ? underLock(removeNow).catch(onFullDisk(removeNow)) : {},
      ),
  };
}

/**
 * Converts a file system error to store.* or system.limit; returns anything else unchanged.
 *
 * @see errno(3)
 */
export function toStoreFailure(error: unknown, path: string): unknown {
  if (isDeskError(error) || !(error instanceof Error) || error.name === 'AbortError') return error;
  // No cause: the message of JSON.parse quotes the text, which may be a token.
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
