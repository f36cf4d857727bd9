import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, type Environment } from './child-environment.js';

export interface ProcessOptions {
  /** Absolute path, see `findProgram`. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Scrubbed by `childEnvironment`. */
  readonly environment: Environment;
  /** Working directory; inherited by default. */
  readonly cwd?: string;
  /** A buffer is written and stdin closed; `ignore` by default. */
  readonly stdin?: 'ignore' | 'inherit' | 'pipe' | Buffer;
  /** `ignore` by default: this process's stdout is for the result only. A socket is handed over to the child. */
  readonly stdout?: 'ignore' | 'pipe' | Socket;
  readonly stderr?: 'collect' | 'inherit' | 'ignore';
  /** Whether the child gets the reading end of a pipe as descriptor 3. */
  readonly hasLifeline?: boolean;
  /** False starts a new session without a terminal, so that the child cannot prompt; true by default. */
  readonly hasTerminal?: boolean;
  /** Whether the program opens windows; Windows would hide them otherwise. */
  readonly hasWindow?: boolean;
}

export interface ProcessExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartedProcess {
  /** Undefined when the program could not be started. */
  readonly pid: number | undefined;
  /** Null unless `stdin` is `pipe` and the child has one. */
  readonly stdin: Writable | null;
  /** Null unless `stdout` is `pipe` and the child has one. */
  readonly stdout: Readable | null;
  /** Our end of descriptor 3, which the caller ends; null unless `hasLifeline`. */
  readonly lifeline: Duplex | null;
  /** The last 20 lines of stderr, at most 64 Ki characters; complete once `exited` has settled. */
  stderrTail(): string;
  /** Never rejects: a failed start settles at once, with the reason in `stderrTail`. */
  readonly exited: Promise<ProcessExit>;
  /** Sends SIGTERM, after 3 s SIGKILL, and waits for the exit; safe to call twice. */
  close(): Promise<void>;
}

const MAX_TAIL_LINES = 20;
const MAX_TAIL_CHARACTERS = 64 * 1024;
const GRACE_MS = 3_000;
/** Time for stderr to close after the exit: a grandchild may hold it open indefinitely. */
const STDERR_DRAIN_MS = 250;

/** Starts a program without a shell in this process group; the caller closes it. */
export function startProcess(options: ProcessOptions): StartedProcess {
  const { stdin = 'ignore', stdout = 'ignore', stderr = 'collect' } = options;
  let child: ChildProcess;
  try {
    child = spawn(options.program, options.arguments, {
      env: childEnvironment(options.environment),
      stdio: [
        Buffer.isBuffer(stdin) ? 'pipe' : stdin,
        stdout,
        stderr === 'collect' ? 'pipe' : stderr,
        ...(options.hasLifeline === true ? (['pipe'] as const) : []),
      ],
      cwd: options.cwd,
      detached: options.hasTerminal === false,
      windowsHide: options.hasWindow !== true,
    });
  } catch (error) {
    // Most failures are events; a few, such as ENOMEM, are thrown.
    return failedStart(error as Error);
  } finally {
    if (typeof stdout === 'object') stdout.destroy();
  }
  let tail = '';
  const keep = (text: string) => {
    tail = (tail + text).slice(-MAX_TAIL_CHARACTERS);
  };
  child.stderr?.setEncoding('utf8').on('data', keep);
  // EPIPE when the child exits early; its exit code is the error that counts.
  child.stdin?.on('error', () => {});
  if (Buffer.isBuffer(stdin)) child.stdin?.end(stdin);

  const exited = waitForExit(child, keep);
  return {
    pid: child.pid,
    // Out of descriptors, a child that could not be started has no streams.
    stdin: stdin === 'pipe' ? (child.stdin ?? null) : null,
    stdout: child.stdout ?? null,
    lifeline: (child.stdio?.[3] as Duplex | undefined) ?? null,
    stderrTail: () => tail.trimEnd().split('\n').slice(-MAX_TAIL_LINES).join('\n'),
    exited,
    close: () => endChild(child, exited),
  };
}

function failedStart({ message }: Error): StartedProcess {
  return {
    pid: undefined,
    stdin: null,
    stdout: null,
    lifeline: null,
    stderrTail: () => message,
    exited: Promise.resolve({ exitCode: null, signal: null }),
    close: async () => {},
  };
}

async function waitForExit(
  child: ChildProcess,
  addReason: (reason: string) => void,
): Promise<ProcessExit> {
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [Error];
    addReason(error.message);
    return { exitCode: null, signal: null };
  }
  // After the start, an error event is a signal that could not be sent.
  child.on('error', () => {});
  const exit = await new Promise<ProcessExit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  if (child.stderr !== null && !child.stderr.closed) {
    const stderrEnded = new Promise((resolve) => child.stderr?.once('close', resolve));
    await Promise.race([stderrEnded, sleep(STDERR_DRAIN_MS, undefined, { ref: false })]);
  }
  return exit;
}

async function endChild(child: ChildProcess, exited: Promise<ProcessExit>): Promise<void> {
  const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(kill);
  // A grandchild may hold the other ends open.
  for (const stream of child.stdio?.slice(0, 3) ?? []) stream?.destroy();
}
