import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { env, geteuid, platform } from 'node:process';
import { describeSystemError } from '../net/describe-system-error.js';
import type { Environment } from './child-environment.js';
import { startProcess } from './start-process.js';
import { HELPER_PATH } from './start-with-watchdog.js';

export interface FolderOptions {
  /** Whether a Unix socket goes in it: prefers XDG_RUNTIME_DIR and skips folders whose path is too long. */
  readonly isForSocket?: boolean;
  readonly environment?: Environment;
}

/** The limit of sun_path is 104 bytes on macOS, 108 on Linux (unix(7)); leaves space for the socket's name. */
const MAX_PATH_BYTES = 80;

export type PrivateFolder = Awaited<ReturnType<typeof makePrivateFolder>>;

/**
 * Creates a folder with mode 0700 (mkdtemp(3)) in TMPDIR, else XDG_RUNTIME_DIR, else /tmp; the caller removes it. On
 * POSIX systems a watchdog process removes it if this process dies first, even by SIGKILL.
 *
 * @throws the system's error for the first of these places.
 */
export async function makePrivateFolder(options: FolderOptions = {}) {
  const path = await makeInFirst(await findParents(options));
  const stopWatchdog = startWatchdog(path);
  return {
    path,
    /** Removes the folder and its contents; safe to call twice. */
    async remove() {
      try {
        await rm(path, { recursive: true, force: true });
      } finally {
        await stopWatchdog();
      }
    },
  };
}

/** For `doctor`: the configured temporary folder and the one in use; creates and removes a folder to find out. */
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
  // The TMPDIR of a batch job may be removed when the job ends.
  const others = platform === 'win32' ? [] : ['/tmp'];
  const runtime = (await isOwnFolder(XDG_RUNTIME_DIR)) ? [XDG_RUNTIME_DIR] : [];
  const parents = isForSocket
    ? [...runtime, temporary, ...others]
    : [temporary, ...runtime, ...others];
  const fits = (path: string) => Buffer.byteLength(join(path, 'hpc-desk-XXXXXX')) <= MAX_PATH_BYTES;
  return parents.filter((path) => isAbsolute(path) && (!isForSocket || fits(path)));
}

async function isOwnFolder(path: string): Promise<boolean> {
  if (!isAbsolute(path)) return false;
  try {
    const status = await lstat(path);
    return status.isDirectory() && status.uid === geteuid?.() && (status.mode & 0o077) === 0;
  } catch {
    // The variable often outlives its folder, as after su(1).
    return false;
  }
}

function startWatchdog(path: string): () => Promise<unknown> {
  if (platform === 'win32') return async () => {};
  const watchdog = startProcess({
    program: '/bin/sh',
    arguments: ['-c', WATCHDOG, 'sh', path],
    environment: { PATH: HELPER_PATH },
    cwd: '/',
    stdin: 'pipe',
    stderr: 'ignore',
  });
  return () => {
    watchdog.stdin?.end('\n');
    return watchdog.close();
  };
}

/** EOF without a line means that the parent has died. Retries once: a dying sibling may still create a file. */
const WATCHDOG = `
trap '' HUP INT TERM
read -r _ && exit
rm -rf -- "$1" || { sleep 1; rm -rf -- "$1"; }
`;
