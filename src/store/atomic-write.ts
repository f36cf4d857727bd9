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
  /** Checked immediately before the rename. */
  isHeld(): boolean;
  sleep(ms: number): Promise<void>;
}

/**
 * Replaces `NAME.json` atomically. The caller holds the lock.
 *
 * conf is not atomic by itself: it writes in place under snap and after EXDEV, and atomically 2.1.1 ignores short writes,
 * so on a full disk it renames a truncated file over the good one. So conf writes `NAME.next.json`, which is verified and renamed.
 *
 * @throws store.full, store.locked, file system errors
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
  // Makes the rename durable. Not every platform can fsync a directory; the file is consistent either way.
  ignoreErrors(() => sync(folder, 'r'));
}

/** Removes the remains of an interrupted write, which may contain a token. The caller holds the lock. */
export function sweepStaged(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (entry.startsWith(`${name}.next.json`)) rmSync(join(folder, entry), { force: true });
  }
}

/** Retries for up to 1 s: on Windows a rename fails while a reader or a virus scanner has the file open. */
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
 * Overwrites a file with shorter content in one write, for a disk that has no space for a second file. A process killed
 * before the truncation leaves trailing blanks, which JSON allows.
 *
 * @throws store.full, file system errors
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
 * Replaces a file atomically through a temporary file beside it. Not safe for concurrent writers; `commitFile` is.
 *
 * @param mode - Of the new file; undefined: the umask decides.
 * @throws file system errors; the temporary file is removed.
 */
export function writeAtomic(path: string, content: string | Buffer, mode?: number): void {
  const staged = `${path}.hpc-desk`;
  try {
    // May be left by an interrupted run. `wx` never follows a symlink.
    rmSync(staged, { force: true });
    writeFileSync(staged, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
    // `mode` of open(2) is subject to the umask.
    if (mode !== undefined) chmodSync(staged, mode);
    renameSync(staged, path);
  } catch (error) {
    ignoreErrors(() => rmSync(staged, { force: true }));
    throw error;
  }
}

/** Opens conf on `NAME.json` in an existing folder; `store` is the whole content. */
export type OpenConf = (folder: string, name: string) => { store: Entries };

/**
 * Loads conf on the first change; reading does not need it.
 *
 * Only `store` is used: `set` rejects a profile named `constructor`, and merges without a lock. No `defaults` (they write on
 * construction), no `schema` (ajv is not bundled). `cwd` is always set: env-paths accepts a relative HOME and does not know
 * HPC_DESK_CONFIG_DIR.
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

export function serialize(entries: Entries): string {
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}
