import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this user can enter, for one file that another program reads. */
export interface PrivateFile {
  readonly path: string;
  /** Writes it with mode 0600; it must not be there yet. */
  write(text: string): Promise<void>;
  /** Removes file and folder; safe to call twice. */
  remove(): Promise<void>;
}

/** Makes the folder, mode 0700 (mkdtemp(3)); the caller removes it. */
export async function createPrivateFile(name: string): Promise<PrivateFile> {
  const folder = await mkdtemp(join(tmpdir(), 'hpc-desk-'));
  const path = join(folder, name);
  return {
    path,
    write: (text) => writeFile(path, text, { mode: 0o600, flag: 'wx' }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
