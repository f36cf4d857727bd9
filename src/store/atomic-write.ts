import {
  chmodSync,
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { ignoreErrors } from './ignore-errors.js';
import { type Entries, parseEntries } from './json-file.js';

export interface Replacement {
  readonly openConf: OpenConf;
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
  const { openConf, folder, name, entries, lock, isHeld, sleep } = replacement;
  const path = join(folder, `${name}.json`);
  const staged = join(folder, `${name}.next.json`);
  try {
    openConf(folder, `${name}.next`).store = { ...entries };
    if (readFileSync(staged, 'utf8') !== serialize(entries)) {
      throw new DeskError('store.full', { path });
    }
    sync(staged, 'r+');
    if (!isHeld()) throw new DeskError('store.locked', { path: lock, pid: undefined });
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

/**
 * Puts less in the place of more, in a single write over the old text, where the disk has no room for a second file.
 * A kill behind that write leaves blanks at the end, which JSON ignores.
 *
 * @throws store.full, and the file system's own errors
 */
export function overwrite(path: string, entries: Entries): void {
  const text = Buffer.from(JSON.stringify(entries));
  const descriptor = openSync(path, 'r+');
  try {
    const whole = Buffer.alloc(Math.max(text.length, fstatSync(descriptor).size), ' ');
    text.copy(whole);
    if (writeSync(descriptor, whole, 0, whole.length, 0) < whole.length) {
      throw new DeskError('store.full', { path });
    }
    ftruncateSync(descriptor, text.length);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
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

/** conf for `NAME.json` in a folder that is there: its `store` is the whole content. */
export type OpenConf = (folder: string, name: string) => { store: Entries };

/**
 * Loads conf, which takes a while; only what changes something needs it.
 *
 * Only whole contents are read and written: `set` cannot hold a profile called `constructor`, and merges without a lock.
 * No `defaults` (they write on construction) and no `schema` (ajv is left out of the built program). The folder is always
 * named: env-paths, which conf would ask, takes a relative HOME and has no place for HPC_DESK_CONFIG_DIR.
 */
export async function loadConf(): Promise<OpenConf> {
  const { default: Conf } = await import('conf');
  return (folder, name) =>
    new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: name,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
      serialize,
      deserialize: (text) => parseEntries(text, join(folder, `${name}.json`)),
    });
}

/** The text of a file with this content. */
export function serialize(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
