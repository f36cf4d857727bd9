import { once } from 'node:events';
import { platform } from 'node:process';
import { Duplex, type Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../errors/desk-error.js';
import { lend } from '../net/bulk-read.js';
import type { Socketpair } from '../net/socketpair.js';
import type { Environment } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { startWithWatchdog } from '../process/start-with-watchdog.js';
import { type SshRoute, type StdioForwardOptions, stdioForwardArguments } from './arguments.js';
import { classifyFailure } from './classify-failure.js';

/** How much may wait in each direction, in bytes. */
const BUFFER_BYTES = 256 * 1024;
/** How long an ssh that has carried everything may take to say goodbye. */
const GOODBYE_MS = 1_000;
/** How long after its output an ssh may end that was not merely told that the desktop has nothing more to say. */
const EXIT_NEWS_MS = 500;

/**
 * Carries one connection to the route's target through the user's own ssh, on pipes. When this process dies, however
 * that happens, ssh ends: it looks at its pipes only once it has logged in, and so it is guarded.
 *
 * The stream is half-open like a socket's. It fails with ssh.hostKey, ssh.authFailed, tunnel.unreachable or ssh.exited;
 * destroying it ends ssh, and `close` comes when ssh is gone. Questions of ssh go by the terminal itself, not by us.
 *
 * @throws ssh.missing; ssh.exited where the system lets no program start
 */
export function openStdioForward(
  route: SshRoute,
  options: StdioForwardOptions & {
    readonly environment: Environment;
    /** What ssh writes to instead of a pipe; ours from then on. */
    readonly output?: Socketpair | undefined;
  },
): Duplex {
  const { environment, output } = options;
  const program = findProgram('ssh', environment);
  if (program === undefined) {
    output?.near.destroy();
    output?.far.destroy();
    throw new DeskError('ssh.missing', { platform });
  }
  const ssh = startWithWatchdog({
    program,
    arguments: stdioForwardArguments(route, options),
    ...askingOptions(options),
    stdin: 'pipe',
    stdout: output?.far ?? 'pipe',
  });
  const stdout = output?.near ?? ssh.stdout;
  if (ssh.stdin === null || stdout === null) {
    output?.near.destroy();
    throw classifyFailure(ssh.stderrTail(), null, route);
  }
  const failure = ssh.exited.then(({ exitCode }) =>
    exitCode === 0 ? undefined : classifyFailure(ssh.stderrTail(), exitCode, route),
  );
  return streamOf({ stdin: ssh.stdin, stdout, failure, close: ssh.close });
}

/**
 * How an ssh is started that may ask, or may not: BatchMode does not reach what it starts itself, such as the ssh of a
 * ProxyJump, so that one that may not has no terminal. Without one ssh asks by a window; older ones know only the first two
 * of these variables (ssh(1), ENVIRONMENT).
 */
export function askingOptions({ mayAsk, environment }: AskingOptions) {
  const silent = { DISPLAY: undefined, SSH_ASKPASS: undefined, SSH_ASKPASS_REQUIRE: 'never' };
  return {
    environment: mayAsk ? environment : { ...environment, ...silent },
    hasTerminal: mayAsk,
  };
}

type AskingOptions = Pick<StdioForwardOptions, 'mayAsk'> & { readonly environment: Environment };

/** A connection to the target that something carries for us. */
export interface Carrier {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the carrier has ended, with what went wrong if anything did; never rejects. */
  readonly failure: Promise<DeskError | undefined>;
  /** Ends the carrier and waits for it. */
  close(): Promise<unknown>;
}

/** The carried connection as a stream that fails with what the carrier failed with. */
export function streamOf({ stdin, stdout, failure, close }: Carrier): Duplex {
  let hasReceived = false;
  const stream = new Duplex({
    highWaterMark: BUFFER_BYTES,
    read: () => void stdout.resume(),
    // A pipe that broke is not the story: ssh is about to exit, and its exit tells.
    write: (chunk, _encoding, done) => void stdin.write(chunk, (error) => error ?? done()),
    final: (done) => void stdin.end(() => done()),
    destroy: (error, done) => {
      const isWhole = error === null && stream.readableEnded && stream.writableFinished;
      const goodbye = isWhole ? sleep(GOODBYE_MS, undefined, { ref: false }) : undefined;
      void Promise.race([failure, goodbye])
        .then(close)
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
  void failure.then(async (error) => {
    if (error !== undefined) {
      stream.destroy(error);
      return;
    }
    // What was received is still read in full; then both directions are over, because ssh is.
    if (!stream.readableEnded) await once(stream, 'end').catch(() => {});
    stream.destroy();
  });
  stdout.on('end', () => {
    // The output of an ssh that breaks ends first; whoever read that would leave before anybody knew of a failure.
    const news = hasReceived ? sleep(EXIT_NEWS_MS, undefined, { ref: false }) : failure;
    // And one that never had a connection waits for us.
    if (!hasReceived) stdin.end();
    void Promise.race([failure, news]).then(() => stream.push(null));
  });
  return stream;
}
