import { lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { geteuid } from 'node:process';
import type { Environment } from '../process/child-environment.js';
import { type GuardedFolder, makeGuardedFolder } from '../process/guarded-folder.js';

/** A socket's path must be shorter than 104 bytes on macOS and 108 on Linux (unix(7)); room is left for its name. */
const MAX_PATH_BYTES = 80;

/** Makes a guarded folder for sockets: in XDG_RUNTIME_DIR when it is ours, else in the temporary folder. */
export async function makePrivateFolder(environment: Environment): Promise<GuardedFolder> {
  const runtimeFolder = environment.XDG_RUNTIME_DIR ?? '';
  const isUsable = fits(runtimeFolder) && (await isOwnFolder(runtimeFolder));
  // A long TMPDIR is common on clusters and on macOS, where /tmp still works.
  const parent = isUsable ? runtimeFolder : fits(tmpdir()) ? tmpdir() : '/tmp';
  return makeGuardedFolder(parent);
}

function fits(path: string): boolean {
  return Buffer.byteLength(join(path, 'hpc-desk-XXXXXX')) <= MAX_PATH_BYTES;
}

async function isOwnFolder(path: string): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  try {
    const status = await lstat(path);
    return status.isDirectory() && status.uid === geteuid?.() && (status.mode & 0o077) === 0;
  } catch {
    // Often the variable outlives its folder, as after su(1).
    return false;
  }
}
