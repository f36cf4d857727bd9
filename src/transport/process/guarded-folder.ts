import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from 'node:process';
import { HELPER_PATH } from './start-guarded.js';
import { startProcess } from './start-process.js';

export interface GuardedFolder {
  readonly path: string;
  /** Removes the folder with all that is in it; safe to call twice. */
  remove(): Promise<void>;
}

/**
 * Makes a folder that only this user can enter (0700, mkdtemp(3)); the caller removes it. When we end without having done
 * so, whatever ends us, a watcher does it, which reads from a pipe that we hold; Windows has none.
 */
export async function makeGuardedFolder(parent = tmpdir()): Promise<GuardedFolder> {
  const path = await mkdtemp(join(parent, 'hpc-desk-'));
  const goHome = watch(path);
  return {
    path,
    async remove() {
      try {
        await rm(path, { recursive: true, force: true });
      } finally {
        await goHome();
      }
    },
  };
}

/** Answers with how the watcher is sent home. */
function watch(path: string): () => Promise<unknown> {
  if (platform === 'win32') return async () => {};
  const watcher = startProcess({
    program: '/bin/sh',
    arguments: ['-c', GUARD, 'sh', path],
    environment: { PATH: HELPER_PATH },
    cwd: '/',

    stdin: 'pipe',
    stderr: 'ignore',
  });
  return () => {
    watcher.stdin?.end('\n');
    return watcher.exited;
  };
}

/** A pipe that ends without a word has ended with us. What dies with us may be about to put a last file there. */
const GUARD = `
trap '' HUP INT TERM
read -r _ && exit
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
`;
