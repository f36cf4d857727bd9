import { homedir, hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { run } from './cli/run.js';
import type { EndingSignal, World } from './cli/world.js';

declare const HPC_DESK_VERSION: string;

const ENDING_SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs the program for this process. The exit code is only set: whatever is still being written is written. */
export async function main(process: NodeJS.Process): Promise<void> {
  // Node's own warnings (an experimental proxy, say) are for whoever writes the program, not for its users.
  if (!process.env.HPC_DESK_DEBUG) process.removeAllListeners('warning');
  process.exitCode = await run(worldOf(process));
}

function worldOf(process: NodeJS.Process): World {
  // Node itself warns on stderr when both are set; ours is the rule that NO_COLOR wins.
  if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;
  return {
    arguments: process.argv.slice(2),
    environment: process.env,
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    version: HPC_DESK_VERSION,
    platform: process.platform,
    pid: process.pid,
    userId: process.geteuid?.(),
    hostname: hostname(),
    home: homedir(),
    systemLocale: () => Intl.DateTimeFormat().resolvedOptions().locale,
    now: () => new Date(),
    sleep: async (durationMs, signal) => {
      await setTimeout(durationMs, undefined, signal === undefined ? {} : { signal });
    },
    random: Math.random,
    dieOf(signal) {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    },
    isAlive: (pid) => isAlive(process, pid),
    onSignal(listener) {
      for (const name of ENDING_SIGNALS) process.on(name, listener);
      return () => {
        for (const name of ENDING_SIGNALS) process.off(name, listener);
      };
    },
  };
}

function isAlive(process: NodeJS.Process, pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
