import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError, isDeskError } from '../errors/desk-error.js';
import { attempt } from './attempt.js';
import type { Entries } from './entries.js';
import type { LockHost } from './lock-host.js';
import { loadConf, type OpenConf } from './open-conf.js';
import { checkFile, checkFolder, createFolder, type UserId } from './private-path.js';
import { replaceFile, sweepStaged } from './replace-file.js';
import { toStoreFailure } from './store-failure.js';

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
/** More than this was not written by us. */
const MAX_BYTES = 1024 * 1024;

export function createPrivateFile(options: PrivateFileOptions): PrivateFile {
  const { folder, name, userId, host } = options;
  const path = join(folder, `${name}.json`);
  const lock = join(folder, 'lock');

  const look = () => checkFile(path, userId);
  const readNow = (openConf: OpenConf): Entries => {
    // The file may be gone at any moment after this one look; conf takes that for an empty one.
    const stats = look();
    if (stats === undefined) return {};
    if (stats.size > MAX_BYTES) throw new DeskError('store.damaged', { path });
    return openConf(folder, name).entries;
  };
  const removeNow = (openConf: OpenConf): Entries | undefined => {
    // Damaged or unsafe: it goes all the same.
    const content = attempt(() => readNow(openConf));
    sweepStaged(folder, name);
    removeFile(path, userId);
    return content;
  };

  return {
    path,
    read: () =>
      reporting(path, async () =>
        checkFolder(folder, userId) && look() ? readNow(await loadConf()) : {},
      ),
    change: (edit) =>
      reporting(path, async () => {
        if (!checkFolder(folder, userId)) {
          if (edit({}) === undefined) return;
          createFolder(folder, userId);
        }
        const openConf = await loadConf();
        const { withLock } = await import('./lock.js');
        await withLock(lock, host, WAITING, async (isHeld) => {
          sweepStaged(folder, name);
          const entries = edit(readNow(openConf));
          if (entries === undefined) return;
          await replaceFile({ openConf, folder, name, entries, lock, isHeld, sleep: host.sleep });
        });
      }),
    remove: () =>
      reporting(path, async () => {
        if (!checkFolder(folder, userId)) return {};
        const openConf = await loadConf();
        try {
          const { withLock } = await import('./lock.js');
          return await withLock(lock, host, WAITING, () => removeNow(openConf));
        } catch (error) {
          // A full disk has no room for the lock, nor for anything that another process may want to write.
          if (!isDeskError(toStoreFailure(error, path), 'store.full')) throw error;
          return removeNow(openConf);
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
