import { once } from 'node:events';
import { platform } from 'node:process';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import { lend } from '../net/bulk-read.js';
import type { Socketpair } from '../net/socketpair.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { type StartedProcess, startProcess } from '../process/start-process.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import {
  type SshRoute,
  type StdioForwardOptions,
  sharedForwardArguments,
  stdioForwardArguments,
} from './arguments.js';
import { classifyFailure } from './classify-failure.js';
import type { Login } from './master.js';
import { promptOptions } from './prompts.js';

/** Buffer per direction in bytes. */
const BUFFER_BYTES = 256 * 1024;
/** How long ssh may take to exit after both directions have ended. */
const EXIT_GRACE_MS = 1_000;
/** How long to wait for a failing exit code after stdout has ended, before it counts as a regular end. */
const EXIT_CODE_DELAY_MS = 500;
/** How long after a connection has ended the master may take to report the cause or to exit. */
const CAUSE_DELAY_MS = 400;

export interface StdioForward extends StdioForwardOptions {
  readonly environment: Environment;
  /** The login to go through; without it ssh logs in by itself. */
  readonly login?: Login | undefined;
  /** stdout of ssh in place of a pipe; owned by the stream from now on. */
  readonly output?: Socketpair | undefined;
}

/**
 * Opens one connection to the route's target through the user's ssh over pipes (`ssh -W`).
 *
 * The stream is half-open like a socket. It fails with ssh.hostKey, ssh.authFailed, tunnel.unreachable or ssh.exited;
 * destroying it ends ssh, and `close` follows the exit. ssh prompts on the terminal itself.
 *
 * @throws ssh.missing; ssh.exited when the process cannot be started
 */
export function openStdioForward(route: SshRoute, options: StdioForward): Duplex {
  const { environment, login, output } = options;
  const program = findProgram('ssh', environment);
  if (program === undefined) {
    output?.near.destroy();
    output?.far.destroy();
    throw new DeskError('ssh.missing', { platform });
  }
  const streams = { program, stdin: 'pipe', stdout: output?.far ?? 'pipe' } as const;
  // ssh ignores its pipes until it has logged in, so a watchdog ends it when this process dies. Without a login of its
  // own it ends with the master.
  const ssh =
    login === undefined
      ? startWithWatchdog({
          ...streams,
          arguments: stdioForwardArguments(route, options),
          ...promptOptions(options),
        })
      : startProcess({
          ...streams,
          arguments: sharedForwardArguments(route, login.controlPath),
          ...promptOptions({ environment, mayAsk: false }),
        });
  const stdout = output?.near ?? ssh.stdout;
  if (ssh.stdin === null || stdout === null) {
    output?.near.destroy();
    throw classifyFailure(ssh.stderrTail(), null, route);
  }
  const failure = readFailure(ssh, route, login);
  return streamOf(ssh.stdin, stdout, failure, ssh.close);
}

/** Settles when ssh has exited, with the error if it failed. A master prints the cause on its own stderr, or exits. */
async function readFailure(ssh: StartedProcess, route: SshRoute, login: Login | undefined) {
  const before = login?.stderrTail() ?? '';
  const { exitCode } = await ssh.exited;
  if (login === undefined) {
    return exitCode === 0 ? undefined : classifyFailure(ssh.stderrTail(), exitCode, route);
  }
  const masterExit = await Promise.race([
    login.ended,
    sleep(CAUSE_DELAY_MS, undefined, { ref: false }),
  ]);
  const stderr = login.stderrTail();
  if (masterExit !== undefined) return classifyFailure(stderr, masterExit.exitCode, route);
  if (exitCode === 0) return undefined;
  const added = stderr.startsWith(before) ? stderr.slice(before.length) : stderr;
  return classifyFailure(`${added}\n${ssh.stderrTail()}`, exitCode, route);
}

/** Wraps the pipes of an ssh in a stream that fails with the error of ssh. */
function streamOf(
  stdin: Writable,
  stdout: Readable,
  failure: Promise<DeskError | undefined>,
  close: StartedProcess['close'],
): Duplex {
  let hasReceived = false;
  const stream = new Duplex({
    highWaterMark: BUFFER_BYTES,
    read: () => void stdout.resume(),
    // Ignores a broken pipe: ssh is exiting, and its exit code is the error that counts.
    write: (chunk, _encoding, done) => void stdin.write(chunk, (error) => error ?? done()),
    final: (done) => void stdin.end(() => done()),
    destroy: (error, done) => {
      const isComplete = error === null && stream.readableEnded && stream.writableFinished;
      const grace = isComplete ? sleep(EXIT_GRACE_MS, undefined, { ref: false }) : undefined;
      void Promise.race([failure, grace])
        .then(close)
        .then(() => {
          // A socketpair, unlike a pipe, is not closed with the child while it holds unread data.
          stdout.destroy();
          done(error);
        });
    },
  });

  // An `error` event without a listener would crash the process.
  stream.on('error', () => {});
  stdout.on('data', (chunk: Buffer) => {
    hasReceived = true;
    if (!lend(chunk, stream)) stdout.pause();
  });
  // After a lent chunk (`lend`), the stream calls no `read`.
  stream.on('resume', () => stdout.resume());
  void failure.then(async (error) => {
    if (error !== undefined) {
      stream.destroy(error);
      return;
    }
    // ssh has exited: let the reader finish, then end both directions.
    if (!stream.readableEnded) await once(stream, 'end').catch(() => {});
    stream.destroy();
  });
  stdout.on('end', () => {
    // A failing ssh closes stdout before it exits: delays the end so that the reader sees the failure first.
    const exitDelay = hasReceived ? sleep(EXIT_CODE_DELAY_MS, undefined, { ref: false }) : failure;
    // Before the connection is open, ssh waits for our end of stdin.
    if (!hasReceived) stdin.end();
    void Promise.race([failure, exitDelay]).then(() => stream.push(null));
  });
  return stream;
}
