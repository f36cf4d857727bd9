import { mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { writeAtomic } from './atomic-write.js';
import { type FolderPlace, requireHome } from './folder.js';
import { ignoreErrors } from './ignore-errors.js';

export type ShellFiles = ReturnType<typeof createShellFiles>;

/** The user's shell files, changed as an editor would: symlinks and modes are kept. Throws output.failed. */
export function createShellFiles(place: Omit<FolderPlace, 'environment'>) {
  return {
    platform: place.platform,
    /** @throws store.noHome */
    get home() {
      return requireHome(place);
    },
    /** Undefined when there is no such file. */
    read: (path: string) =>
      withOutputErrors(path, () => {
        const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
        return isThere ? readFileSync(path) : undefined;
      }),
    /** The missing parent folders of a file, outermost first. */
    missingFolders: (path: string) => withOutputErrors(path, () => missingFolders(dirname(path))),
    /** Writes atomically and creates missing folders. */
    write: (path: string, content: Buffer) =>
      withOutputErrors(path, () => {
        mkdirSync(dirname(path), { recursive: true });
        // Dotfiles are often symlinks into a repository: the target is replaced, not the link.
        const target = ignoreErrors(() => realpathSync(path)) ?? path;
        const mode = statSync(target, { throwIfNoEntry: false })?.mode;
        writeAtomic(target, content, mode === undefined ? undefined : mode & 0o7777);
      }),
    remove: (path: string) => withOutputErrors(path, () => rmSync(path)),
    /** Returns whether the folder existed and was empty. */
    removeEmptyFolder: (folder: string) => ignoreErrors(() => rmdirSync(folder) ?? true) === true,
  };
}

function missingFolders(folder: string): readonly string[] {
  const isThere = statSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || dirname(folder) === folder ? [] : [...missingFolders(dirname(folder)), folder];
}

function withOutputErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new DeskError('output.failed', { reason: `${path}: ${code}` }, { cause: error });
  }
}
