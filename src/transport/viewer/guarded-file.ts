import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from '../process/private-folder.js';

/** A guarded folder for one file that another program reads. */
export interface GuardedFile {
  readonly path: string;
  /** Writes it with mode 0600; it must not be there yet. */
  write(text: string): Promise<void>;
  /** Removes file and folder; safe to call twice. */
  remove(): Promise<void>;
}

/** Makes the folder; the caller removes it. */
export async function createGuardedFile(name: string): Promise<GuardedFile> {
  const folder = await makePrivateFolder();
  const path = join(folder.path, name);
  return {
    path,
    write: (text) => writeFile(path, text, { mode: 0o600, flag: 'wx' }),
    remove: folder.remove,
  };
}
