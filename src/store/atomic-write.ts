import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import type { Entries } from './json-file.js';

export interface Replacement {
  readonly write: WriteEntries;
  readonly folder: string;
  /** Without `.json`. */
  readonly name: string;
  readonly entries: Entries;
  readonly lock: string;
  /** Asked at the last moment. */
  isHeld(): boolean;
  sleep(ms: number): Promise<void>;
}

/**
 * Puts new content in the place of `NAME.json`, all of it or nothing. Call it with the lock held.
 *
 * conf writes a file beside it, because conf itself may leave half a file: it writes in place under snap and after
 * EXDEV, and atomically 2.1.1 takes no notice of a short write, so on a full disk it renames the half over the whole.
 *
 * @throws store.full, store.locked, and the file system's own errors
 */
export async function commitFile(replacement: Replacement): Promise<void> {
  const { write, folder, name, entries, lock, isHeld, sleep } = replacement;
  const path = join(folder, `${name}.json`);
  const staged = join(folder, `${name}.next.json`);
  try {
    write(folder, `${name}.next`, entries);
    if (readFileSync(staged, 'utf8') !== serialize(entries)) {
      throw new DeskError('store.full', { path });
    }
    sync(staged, 'r+');
    if (!isHeld()) throw new DeskError('store.locked', { path: lock });
    await renameOver(staged, path, sleep);
  } catch (error) {
    ignoreErrors(() => sweepStaged(folder, name));
    throw error;
  }
  // The rename outlives a power cut only then; not every system can do it, and the file is whole anyway.
  ignoreErrors(() => sync(folder, 'r'));
}

/** Removes what an interrupted write left behind; it may hold a token. Call it with the lock held. */
export function sweepStaged(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(`${name}.next.json`)) rmSync(join(folder, entry), { force: true });
  }
}

/** Waits for a reader, or a virus scanner, that has the file open: on Windows that stands in the way. */
async function renameOver(
  from: string,
  to: string,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  for (let triesLeft = 40; ; triesLeft--) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const isInUse = ['EPERM', 'EACCES', 'EBUSY'].includes(
        (error as NodeJS.ErrnoException).code ?? '',
      );
      if (!isInUse || triesLeft === 0) throw error;
      await sleep(25);
    }
  }
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Puts a text in the place of a file, all of it or nothing, by way of a file beside it. Two who write at once may spoil
 * it; what must not be lost goes through `commitFile`.
 *
 * @param mode - Of the new file; undefined leaves that to the system.
 * @throws the file system's own errors; nothing is left beside then.
 */
export function writeAtomic(path: string, content: string | Buffer, mode?: number): void {
  const staged = `${path}.hpc-desk`;
  try {
    // A run that was interrupted may have left one, and nothing is ever written through a link.
    rmSync(staged, { force: true });
    writeFileSync(staged, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
    // The umask has had its say at the making.
    if (mode !== undefined) chmodSync(staged, mode);
    renameSync(staged, path);
  } catch (error) {
    ignoreErrors(() => rmSync(staged, { force: true }));
    throw error;
  }
}

/** Writes `NAME.json` in a folder that is there. */
export type WriteEntries = (folder: string, name: string, entries: Entries) => void;

/**
 * Loads conf, which takes a while, and answers with a way to write files; only what changes something needs it.
 *
 * Only whole contents are written: `set` cannot hold a profile called `constructor`, and merges without a lock.
 * No `defaults` (they write on construction) and no `schema` (ajv is left out of the built program).
 */
export async function loadConf(): Promise<WriteEntries> {
  const { default: Conf } = await import('conf');
  return (folder, name, entries) => {
    const conf = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      serialize,
    });
    conf.store = { ...entries };
  };
}

/** The text of a file with this content. */
export function serialize(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
