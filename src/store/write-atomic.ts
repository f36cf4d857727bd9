import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ignoreErrors } from './ignore-errors.js';

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
