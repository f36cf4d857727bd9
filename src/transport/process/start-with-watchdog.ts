import { platform } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessOptions, type StartedProcess, startProcess } from './start-process.js';

/** PATH of our shell scripts: without relative entries, unlike the user's. The last entry is for NixOS. */
export const HELPER_PATH = '/usr/bin:/bin:/run/current-system/sw/bin';

/** How long to wait for a watchdog to exit; it could be stopped (SIGSTOP). */
const WATCHDOG_EXIT_MS = 3_000;

/**
 * Starts a program that is terminated when this process dies, even by SIGKILL. On Windows, a plain `startProcess`.
 *
 * The shell forks a watchdog that reads from our pipe (descriptor 3), then execs the program. EOF without a line means
 * that this process has died. All stay in one process group, so that the program can prompt on the terminal.
 *
 * `exited` settles when the watchdog has exited too. Node's pipe is a socketpair (`stdio` of child_process.spawn), so it
 * closes when the other end does.
 */
export function startWithWatchdog(options: Omit<ProcessOptions, 'hasLifeline'>): StartedProcess {
  if (platform === 'win32') return startProcess(options);
  const child = startProcess({
    ...options,
    program: '/bin/sh',
    arguments: ['-c', WATCHDOG, 'sh', options.program, ...options.arguments],
    hasLifeline: true,
  });
  const { lifeline } = child;
  if (lifeline === null) return child;
  lifeline.on('error', () => {});
  const watchdogExited = new Promise((resolve) => lifeline.once('close', resolve));
  const exited = child.exited.then(async (exit) => {
    // The pid may be reused from now on, so the watchdog must not signal it.
    lifeline.end('\n');
    await Promise.race([watchdogExited, sleep(WATCHDOG_EXIT_MS, undefined, { ref: false })]);
    lifeline.destroy();
    return exit;
  });
  return {
    ...child,
    exited,
    async close() {
      await child.close();
      await exited;
    },
  };
}

/**
 * Fixed text: variable parts are positional parameters. The watchdog ignores terminal signals; they reach the program
 * and this process anyway.
 *
 * The environment is the program's and must not influence the script: only built-in commands are used, and functions
 * that bash imports from the environment are unset first (`unset` itself cannot be overridden, POSIX 2.9.1.1).
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
