import { platform } from 'node:process';
import { type ProcessOptions, type StartedProcess, startProcess } from './start-process.js';

/**
 * Where our shell scripts look for programs: never in the user's PATH, whose entries may be relative (`.` or empty) and
 * would then mean the working directory. The last one is NixOS.
 */
export const HELPER_PATH = '/usr/bin:/bin:/run/current-system/sw/bin';

/**
 * Starts a program that ends when we end, whatever ends us, SIGKILL included. On Windows it is started as any other.
 *
 * The shell becomes the program; before that it leaves a watcher behind, which reads from a pipe that we hold and has
 * nothing else of the program's. A pipe that ends without a word has ended with us. It all stays in our process group:
 * the program may ask on the terminal.
 */
export function startWithWatchdog(options: Omit<ProcessOptions, 'hasLifeline'>): StartedProcess {
  if (platform === 'win32') return startProcess(options);
  const child = startProcess({
    ...options,
    program: '/bin/sh',
    arguments: ['-c', WATCHDOG, 'sh', options.program, ...options.arguments],
    hasLifeline: true,
  });
  child.lifeline?.on('error', () => {});
  // From now on its process id may be somebody else's, so the watcher is dismissed.
  void child.exited.then(() => child.lifeline?.end('\n'));
  return child;
}

/**
 * Fixed text: everything that varies arrives as a positional parameter. The end of a terminal is told to us, and by us.
 *
 * The environment is the program's, so that nothing of it may count here: only built-in commands are used, and functions
 * that bash takes from the environment are dropped first (`unset` itself cannot be replaced by one, POSIX 2.9.1.1).
 */
const WATCHDOG = `
unset -f cd trap read exit kill exec
(
  trap '' HUP INT TERM
  PATH=${HELPER_PATH}
  cd /
  read -r _ <&3 && exit
  kill -TERM "$$"
) </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-
`;
