import { mkdirSync, readFileSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DeskError } from '../errors/desk-error.js';
import { writeAtomic } from './atomic-write.js';
import { type FolderPlace, requireHome } from './folder.js';
import { ignoreErrors } from './ignore-errors.js';

/** Files of the user's shells: not ours, so they are changed as an editor would, links and modes kept. */
export interface ShellFiles {
  readonly platform: NodeJS.Platform;
  /** @throws store.noHome */
  readonly home: string;
  /** Undefined when there is no such file. @throws output.failed */
  read(path: string): Buffer | undefined;
  /** The folders that a file needs and that are not there, outermost first. @throws output.failed */
  missingFolders(path: string): readonly string[];
  /** Writes all of it or nothing, and makes the folders. @throws output.failed */
  write(path: string, content: Buffer): void;
  /** @throws output.failed */
  remove(path: string): void;
  /** Answers whether the folder was there and empty. */
  removeEmptyFolder(folder: string): boolean;
}

export function createShellFiles(place: Omit<FolderPlace, 'environment' | 'exists'>): ShellFiles {
  return {
    platform: place.platform,
    get home() {
      return requireHome(place);
    },
    read: (path) =>
      telling(path, () => {
        const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
        return isThere ? readFileSync(path) : undefined;
      }),
    missingFolders: (path) => telling(path, () => missingFolders(dirname(path))),
    write: (path, content) =>
      telling(path, () => {
        mkdirSync(dirname(path), { recursive: true });
        replace(path, content);
      }),
    remove: (path) => telling(path, () => rmSync(path)),
    // Somebody else's file keeps a folder.
    removeEmptyFolder: (folder) => ignoreErrors(() => rmdirSync(folder) ?? true) === true,
  };
}

function missingFolders(folder: string): readonly string[] {
  const isThere = statSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || dirname(folder) === folder ? [] : [...missingFolders(dirname(folder)), folder];
}

/** Dotfiles are often links into a repository: the file behind the link is replaced. */
function replace(path: string, content: Buffer): void {
  const target = ignoreErrors(() => realpathSync(path)) ?? path;
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  writeAtomic(target, content, mode === undefined ? undefined : mode & 0o7777);
}

function telling<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new DeskError('output.failed', { reason: `${path}: ${code}` }, { cause: error });
  }
}
