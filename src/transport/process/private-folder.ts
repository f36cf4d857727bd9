import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { env, geteuid, platform } from 'node:process';
import { describeSystemError } from '../net/describe-system-error.js';
import type { Environment } from './child-environment.js';
import { startProcess } from './start-process.js';
import { HELPER_PATH } from './start-with-watchdog.js';

export interface PrivateFolder {
  readonly path: string;
  /** Removes the folder with all that is in it; safe to call twice. */
  remove(): Promise<void>;
}

export interface FolderOptions {
  /** Whether a socket is to stand in it, whose path is limited; XDG_RUNTIME_DIR comes first then. */
  readonly isForSocket?: boolean;
  readonly environment?: Environment;
}

/** A socket's path must be shorter than 104 bytes on macOS and 108 on Linux (unix(7)); room is left for its name. */
const MAX_PATH_BYTES = 80;

/**
 * Makes a folder that only this user can enter (0700, mkdtemp(3)) in the temporary folder, else in XDG_RUNTIME_DIR, else in
 * /tmp; the caller removes it. When we end without having done so, whatever ends us, a watcher does it, which reads from a
 * pipe that we hold; Windows has none.
 *
 * @throws the system's error about the first of these places.
 */
export async function makePrivateFolder(options: FolderOptions = {}): Promise<PrivateFolder> {
  const path = await makeInFirst(await findParents(options));
  const dismiss = watch(path);
  return {
    path,
    async remove() {
      try {
        await rm(path, { recursive: true, force: true });
      } finally {
        await dismiss();
      }
    },
  };
}

/** For `doctor`: the temporary folder as it is configured, and the one that is used; tried, and nothing of it stays. */
export async function findTemporaryFolder(environment: Environment) {
  const path = environment.TMPDIR || tmpdir();
  try {
    const folder = await makePrivateFolder({ environment });
    await folder.remove();
    return {
      path,
      used: dirname(folder.path) === resolve(path) ? path : dirname(folder.path),
      reason: '',
    };
  } catch (error) {
    return { path, used: undefined, reason: describeSystemError(error) };
  }
}

async function makeInFirst([parent = '/tmp', ...others]: readonly string[]): Promise<string> {
  try {
    return await mkdtemp(join(parent, 'hpc-desk-'));
  } catch (error) {
    if (others.length === 0) throw error;
    return makeInFirst(others).catch(() => {
      throw error;
    });
  }
}

async function findParents({
  isForSocket = false,
  environment = env,
}: FolderOptions): Promise<readonly string[]> {
  const { TMPDIR, XDG_RUNTIME_DIR = '' } = environment;
  const temporary = TMPDIR || tmpdir();
  // A job that has ended may have taken its TMPDIR along.
  const others = platform === 'win32' ? [] : ['/tmp'];
  const runtime = (await isOwnFolder(XDG_RUNTIME_DIR)) ? [XDG_RUNTIME_DIR] : [];
  const parents = isForSocket
    ? [...runtime, temporary, ...others]
    : [temporary, ...runtime, ...others];
  return parents.filter((path) => isAbsolute(path) && (!isForSocket || fits(path)));
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

/** Answers with how the watcher is dismissed. */
function watch(path: string): () => Promise<unknown> {
  if (platform === 'win32') return async () => {};
  const watcher = startProcess({
    program: '/bin/sh',
    arguments: ['-c', WATCHDOG, 'sh', path],
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
const WATCHDOG = `
trap '' HUP INT TERM
read -r _ && exit
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
`;
