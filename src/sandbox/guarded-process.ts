import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface GuardedOptions {
  /** Removed, with all that is in it, when we end without having closed the process. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface GuardedProcess {
  readonly stderr: Readable;
  /** What the program writes to its file descriptor 3. */
  readonly readiness: Readable;
  /** Settles when the program has ended or could not be started; never rejects. */
  readonly exited: Promise<void>;
  /** Ends the program and waits for it: SIGTERM, and after 3 s SIGKILL. */
  close(): Promise<void>;
}

/**
 * Starts a program that ends when we end, whatever ends us, SIGKILL included. POSIX only.
 *
 * The shell becomes the program; before that it leaves a watcher behind, in the same process group, which reads from a
 * pipe that we hold. The pipe ends with us, and then the watcher ends the group. While the watcher lives, the kernel
 * gives the group's number to nobody else, so the signals cannot meet a stranger.
 */
export function startGuarded(
  program: string,
  programArguments: readonly string[],
  { folder, environment }: GuardedOptions,
): GuardedProcess {
  const child = spawn('/bin/sh', ['-c', GUARD, 'sh', folder, program, ...programArguments], {
    env: environment,
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    // A group of its own, which also keeps the terminal's Ctrl-C away.
    detached: true,
  });
  const [pipe, , stderr, readiness] = child.stdio as unknown as Stdio;
  pipe.on('error', () => {});
  const exited = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => pipe.destroy());
    // After its last words have been read.
    child.once('close', () => resolve());
  });
  return {
    stderr,
    readiness,
    exited,
    async close() {
      pipe.destroy();
      // The watcher does the same, unless somebody has ended it.
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** What `stdio` of the spawn above makes of the child's descriptors; Node's types cannot tell. */
type Stdio = readonly [Writable, null, Readable, Readable];

/** Fixed text: everything that varies arrives as a positional parameter. */
const GUARD = `
folder=$1
shift
exec 4<&0
(
  read -r _ <&4
  trap '' TERM
  kill -TERM 0
  tries=0
  while [ "$tries" -lt 30 ] && kill -0 "$$"; do
    tries=$((tries + 1))
    sleep 0.1
  done
  rm -rf -- "$folder"
  kill -KILL 0
) 3>&- </dev/null >/dev/null 2>&1 &
exec "$@" </dev/null 4<&-
`;
