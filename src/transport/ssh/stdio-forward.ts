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
import { type SshRoute, type StdioForwardOptions, stdioForwardArguments } from './arguments.js';
import { classifyFailure } from './classify-failure.js';

/** How much may wait in each direction, in bytes. */
const BUFFER_BYTES = 256 * 1024;
/** How long an ssh that has carried everything may take to say goodbye. */
const GOODBYE_MS = 1_000;
/** How long after its output an ssh may end that was not merely told that the desktop has nothing more to say. */
const EXIT_NEWS_MS = 500;
/** How much later than what went through it the end of a shared login may be known here. */
const SHARED_NEWS_MS = 400;

/** An ssh that has logged in already and lets others through. */
export interface SharedLogin {
  readonly socketPath: string;
  /** What it complained so far. */
  complaints(): string;
  /** Settles when it has ended; never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null }>;
}

/**
 * Carries one connection to the route's target through the user's own ssh, on pipes. When this process dies, however
 * that happens, ssh ends: one that logs in itself, which looks at its pipes only afterwards, is guarded, and one that
 * goes through another's login ends with that.
 *
 * The stream is half-open like a socket's. It fails with ssh.hostKey, ssh.authFailed, tunnel.unreachable or ssh.exited;
 * destroying it ends ssh, and `close` comes when ssh is gone. Questions of ssh go by the terminal itself, not by us.
 *
 * @throws ssh.missing; ssh.exited where the system lets no program start
 */
export function openStdioForward(
  route: SshRoute,
  options: Omit<StdioForwardOptions, 'socketPath'> & {
    readonly environment: Environment;
    /** Gone through where there is one. */
    readonly shared?: SharedLogin | undefined;
    /** What ssh writes to instead of a pipe; ours from then on. */
    readonly output?: Socketpair | undefined;
  },
): Duplex {
  const { shared, environment, output } = options;
  const program = findProgram('ssh', environment);
  if (program === undefined) {
    output?.near.destroy();
    output?.far.destroy();
    throw new DeskError('ssh.missing', { platform });
  }
  const start = shared === undefined ? startWithWatchdog : startProcess;
  const ssh = start({
    program,
    arguments: stdioForwardArguments(route, { ...options, socketPath: shared?.socketPath }),
    environment,
    stdin: 'pipe',
    stdout: output?.far ?? 'pipe',
  });
  const stdout = output?.near ?? ssh.stdout;
  if (ssh.stdin === null || stdout === null) {
    output?.near.destroy();
    throw classifyFailure(ssh.stderrTail(), null, route);
  }
  const judge = async (exitCode: number | null) => {
    if (exitCode !== 0) {
      // Why a target refused is told by the one who spoke to the login node.
      const words = `${shared?.complaints() ?? ''}\n${ssh.stderrTail()}`;
      return classifyFailure(words, exitCode, route);
    }
    if (shared === undefined) return undefined;
    // With success ends also what went through a login that broke.
    const news = sleep(SHARED_NEWS_MS, undefined, { ref: false });
    const broken = await Promise.race([shared.ended, news]);
    return broken && classifyFailure(shared.complaints(), broken.exitCode, route);
  };
  return streamOf({ ...ssh, stdin: ssh.stdin, stdout }, { judge, isShared: shared !== undefined });
}

interface Verdict {
  /** What the exit of ssh means: a failure, or that all is well. */
  judge(exitCode: number | null): Promise<DeskError | undefined>;
  readonly isShared: boolean;
}

type PipedProcess = StartedProcess & { readonly stdin: Writable; readonly stdout: Readable };

function streamOf(ssh: PipedProcess, { judge, isShared }: Verdict): Duplex {
  const { stdin, stdout } = ssh;
  let hasReceived = false;
  const stream = new Duplex({
    highWaterMark: BUFFER_BYTES,
    read: () => void stdout.resume(),
    // A pipe that broke is not the story: ssh is about to exit, and its exit tells.
    write: (chunk, _encoding, done) => void stdin.write(chunk, (error) => error ?? done()),
    final: (done) => void stdin.end(() => done()),
    destroy: (error, done) => {
      const isWhole = error === null && stream.readableEnded && stream.writableFinished;
      if (isShared) {
        // The ssh that logged in has the pipes too and carries on until they end, whatever becomes of this one (9.2).
        stdin.destroy();
        stdout.destroy();
      }
      const goodbye =
        isWhole || isShared ? sleep(GOODBYE_MS, undefined, { ref: false }) : undefined;
      void Promise.race([ssh.exited, goodbye])
        .then(() => ssh.close())
        .then(() => {
          // One that is not a pipe of the child's does not end with it while something in it waits to be read.
          stdout.destroy();
          done(error);
        });
    },
  });

  // A connection between two readers must not bring the process down.
  stream.on('error', () => {});
  stdout.on('data', (chunk: Buffer) => {
    hasReceived = true;
    if (!lend(chunk, stream)) stdout.pause();
  });
  // What was lent brings no further `read`.
  stream.on('resume', () => stdout.resume());
  const judged = ssh.exited.then(({ exitCode }) => judge(exitCode));
  void judged.then(async (failure) => {
    if (failure !== undefined) {
      stream.destroy(failure);
      return;
    }
    // What was received is still read in full; then both directions are over, because ssh is.
    if (!stream.readableEnded) await once(stream, 'end').catch(() => {});
    stream.destroy();
  });
  stdout.on('end', () => {
    // The output of an ssh that breaks ends first; whoever read that would leave before anybody knew of a failure.
    const news = hasReceived ? sleep(EXIT_NEWS_MS, undefined, { ref: false }) : judged;
    // And one that never had a connection waits for us.
    if (!hasReceived) stdin.end();
    void Promise.race([judged, news]).then(() => stream.push(null));
  });
  return stream;
}
