import { mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { writeAtomic } from './atomic-write.js';
import { type FolderPlace, requireHome } from './folder.js';
import { ignoreErrors } from './ignore-errors.js';

/** The user's shell files, changed as an editor would: symlinks and modes are kept. */
export interface ShellFiles {
  readonly platform: NodeJS.Platform;
  /** @throws store.noHome */
  readonly home: string;
  /** Undefined when there is no such file. @throws output.failed */
  read(path: string): Buffer | undefined;
  /** The missing parent folders of a file, outermost first. @throws output.failed */
  missingFolders(path: string): readonly string[];
  /** Writes atomically and creates missing folders. @throws output.failed */
  write(path: string, content: Buffer): void;
  /** @throws output.failed */
  remove(path: string): void;
  /** Returns whether the folder existed and was empty. */
  removeEmptyFolder(folder: string): boolean;
}

export function createShellFiles(place: Omit<FolderPlace, 'environment'>): ShellFiles {
  return {
    platform: place.platform,
    get home() {
      return requireHome(place);
    },
    read: (path) =>
      withOutputErrors(path, () => {
        const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
        return isThere ? readFileSync(path) : undefined;
      }),
    missingFolders: (path) => withOutputErrors(path, () => missingFolders(dirname(path))),
    write: (path, content) =>
      withOutputErrors(path, () => {
        mkdirSync(dirname(path), { recursive: true });
        replace(path, content);
      }),
    remove: (path) => withOutputErrors(path, () => rmSync(path)),
    removeEmptyFolder: (folder) => ignoreErrors(() => rmdirSync(folder) ?? true) === true,
  };
}

function missingFolders(folder: string): readonly string[] {
  const isThere = statSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || dirname(folder) === folder ? [] : [...missingFolders(dirname(folder)), folder];
}

/** Dotfiles are often symlinks into a repository: the target is replaced, not the link. */
function replace(path: string, content: Buffer): void {
  const target = ignoreErrors(() => realpathSync(path)) ?? path;
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  writeAtomic(target, content, mode === undefined ? undefined : mode & 0o7777);
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
