import { type ProcessOptions, type StartedProcess, startProcess } from './start-process.js';

export interface GuardedOptions extends Omit<ProcessOptions, 'stdin' | 'hasLifeline'> {
  /** Removed with all that is in it when we end without having closed the program. */
  readonly folder: string;
}

/**
 * Starts a program that reads nothing and ends when we end, whatever ends us, SIGKILL included. POSIX only.
 *
 * The shell becomes the program; before that it leaves a watcher behind, which reads from a pipe that we hold. A pipe
 * that ends without a word has ended with us. It all stays in our process group: the program may ask on the terminal.
 */
export function startGuarded({ folder, ...options }: GuardedOptions): StartedProcess {
  const child = startProcess({
    ...options,
    program: '/bin/sh',
    arguments: ['-c', GUARD, 'sh', folder, options.program, ...options.arguments],
    hasLifeline: true,
  });
  child.lifeline?.on('error', () => {});
  // From now on its process id may be somebody else's, so the watcher is sent home.
  void child.exited.then(() => child.lifeline?.end('\n'));
  return child;
}

/** Fixed text: everything that varies arrives as a positional parameter. */
const GUARD = `
folder=$1
shift
(
  read -r _ <&3 && exit
  kill -TERM "$$"
  rm -rf -- "$folder"
) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-
`;
