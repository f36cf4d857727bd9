import { fstatSync, statSync } from 'node:fs';
import { devNull, hostname } from 'node:os';
import { openLog } from './cli/run/open-log.js';
import type { BackgroundProcess, EndingSignal, ProcessContext } from './cli/run/process-context.js';
import { thisProcess } from './cli/run/process-context.js';
import { run } from './cli/run/run.js';
import { isHangUpIgnored, SIGNAL_EXIT_CODES } from './cli/run/signals.js';
import { keepWidth } from './cli/run/terminal.js';

const ENDING_SIGNALS: readonly EndingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function main(process: NodeJS.Process): Promise<number> {
  // Node's warnings, such as for an experimental proxy, are for developers.
  if (!process.env.HPC_DESK_DEBUG) process.removeAllListeners('warning');
  return run(readProcessContext(process));
}

/** At exit Node restores terminal settings and aborts when a terminal is gone (ResetStdio in node.cc). */
async function hasLostTerminal(
  { stdout, stderr }: Pick<ProcessContext, 'stdout' | 'stderr'>,
  exitCode: number,
): Promise<boolean> {
  if (exitCode === SIGNAL_EXIT_CODES.SIGHUP && wasTerminal(0)) return true;
  const terminals = [stdout, stderr].flatMap(({ isTTY }, index) => (isTTY ? [index + 1] : []));
  if (terminals.length === 0) return false;
  const { isatty } = await import('node:tty');
  return !terminals.every((descriptor) => isatty(descriptor));
}

/** isatty(3) is false for a terminal that is gone. */
function wasTerminal(descriptor: number): boolean {
  const status = fstatSync(descriptor);
  return status.isCharacterDevice() && status.rdev !== statSync(devNull).rdev;
}

function dieOf(process: NodeJS.Process, signal: EndingSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

function readProcessContext(process: NodeJS.Process): ProcessContext {
  // NO_COLOR wins; Node would warn that both are set.
  if (process.env.NO_COLOR) delete process.env.FORCE_COLOR;
  const stdout = keepWidth(process.stdout);
  const terminal = keepWidth(process.stderr);
  const background = backgroundOf(process);
  const stderr = background === undefined ? terminal : openLog(2, () => new Date());
  const signals = isHangUpIgnored(process) ? ENDING_SIGNALS.slice(0, -1) : ENDING_SIGNALS;
  if (signals !== ENDING_SIGNALS) process.on('SIGHUP', () => {});
  return {
    ...thisProcess(process),
    arguments: process.argv.slice(2),
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    terminal,
    pid: process.pid,
    argv: [process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    ...(background !== undefined && { background }),
    hostname: hostname(),
    // Only Windows stores it outside the environment (ICU, `uprv_getDefaultLocaleID`). PluralRules is the fastest API that
    // returns it; DateTimeFormat takes as long as Node's start.
    systemLocale: () =>
      process.platform === 'win32' ? new Intl.PluralRules().resolvedOptions().locale : 'C',
    sleep: async (durationMs, signal) => {
      const { setTimeout } = await import('node:timers/promises');
      await setTimeout(durationMs, undefined, signal === undefined ? {} : { signal });
    },
    dieOf: (signal) => dieOf(process, signal),
    async end(exitCode, hasCrashed) {
      // Pending output is written before the process ends by itself.
      process.exitCode = exitCode;
      if (hasCrashed) await new Promise((resolve) => stderr.write('', resolve));
      if (await hasLostTerminal({ stdout, stderr }, exitCode)) dieOf(process, 'SIGHUP');
      // Open handles may keep it alive.
      if (hasCrashed) process.exit(exitCode);
    },
    isAlive(pid) {
      try {
        return process.kill(pid, 0);
      } catch (error) {
        // EPERM: exists, but belongs to another user.
        return (error as NodeJS.ErrnoException).code === 'EPERM';
      }
    },
    kill(pid, signal) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    },
    onSignal(listener) {
      for (const name of signals) process.on(name, listener);
      return () => {
        for (const name of signals) process.off(name, listener);
      };
    },
    onCrash(listener) {
      // Also receives unhandled rejections.
      process.on('uncaughtException', listener);
      return () => process.off('uncaughtException', listener);
    },
  };
}

/**
 * The IPC channel of a process started by `vnc connect --detach`. If the parent exits before the report, the process is
 * terminated.
 */
function backgroundOf(process: NodeJS.Process): BackgroundProcess | undefined {
  const id = process.env.HPC_DESK_TUNNEL;
  if (process.send === undefined || id === undefined || !/^[0-9a-f]{8}$/.test(id)) return undefined;
  const onOrphaned = () => process.kill(process.pid, 'SIGTERM');
  process.once('disconnect', onOrphaned);
  // Listening alone must not keep a process that has ended its run: the other one waits for its exit.
  process.channel?.unref();
  return {
    id,
    send(message) {
      process.off('disconnect', onOrphaned);
      return new Promise((resolve) => {
        if (!process.connected) return resolve();
        process.send?.(message, undefined, undefined, () => {
          if (process.connected) process.disconnect();
          resolve();
        });
      });
    },
  };
}
