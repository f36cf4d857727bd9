import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, type Environment } from './child-environment.js';

export interface ProcessOptions {
  /** Absolute path, as `findProgram` answers. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Scrubbed by `childEnvironment` before the child sees it. */
  readonly environment: Environment;
  /** The working directory; ours when left out. */
  readonly cwd?: string;
  /** A buffer is written and then the stream ends; the default is `ignore`. */
  readonly stdin?: 'ignore' | 'inherit' | 'pipe' | Buffer;
  /** The default is `ignore`: our own stdout carries the result and nothing else. A socket is the child's from then on. */
  readonly stdout?: 'ignore' | 'pipe' | Socket;
  /** The default is `collect`. */
  readonly stderr?: 'collect' | 'inherit' | 'ignore';
  /** Whether the child gets the reading end of a pipe as its file descriptor 3. */
  readonly hasLifeline?: boolean;
  /** False starts it in a session of its own, so that neither it nor its children can ask on our terminal; ours unless given. */
  readonly hasTerminal?: boolean;
  /** Whether the program shows windows of its own, which Windows would otherwise start hidden. */
  readonly hasWindow?: boolean;
}

export interface ProcessExit {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartedProcess {
  /** Undefined when the program could not be started. */
  readonly pid: number | undefined;
  /** Null unless `stdin` was `pipe` and the child was given one. */
  readonly stdin: Writable | null;
  /** Null unless `stdout` was `pipe` and the child was given one. */
  readonly stdout: Readable | null;
  /** Our end of file descriptor 3; null unless `hasLifeline`. Unlike stdin it stays when the child exits, until `close`. */
  readonly lifeline: Writable | null;
  /** The last 20 lines, at most 64 Ki characters, of what the child complained; complete once `exited` has settled. */
  stderrTail(): string;
  /** Never rejects: a program that could not be started exits at once, with the reason in `stderrTail`. */
  readonly exited: Promise<ProcessExit>;
  /** Ends the child (SIGTERM, after 3 s SIGKILL) and waits for it; safe to call twice. */
  close(): Promise<void>;
}

const GRACE_MS = 3_000;
/** A grandchild may hold stderr open for as long as it likes; the last words of the child itself are there by then. */
const LAST_WORDS_MS = 250;

/** Starts a program without a shell, as our child in our process group; the caller closes it. */
export function startProcess(options: ProcessOptions): StartedProcess {
  const { stdin = 'ignore', stdout = 'ignore', stderr = 'collect' } = options;
  const child = spawnOrTell(options.program, options.arguments, {
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
  if (typeof stdout === 'object') stdout.destroy();
  if (child instanceof Error) return neverStarted(child);
  const tail = createLineTail();
  child.stderr?.on('data', (chunk: Buffer) => tail.push(chunk));
  // A child that ends early breaks the pipe; its exit tells the story.
  child.stdin?.on('error', () => {});
  if (Buffer.isBuffer(stdin)) child.stdin?.end(stdin);

  const exited = waitForExit(child, (reason) => tail.push(Buffer.from(reason)));
  return {
    pid: child.pid,
    // A child that could not be started for want of descriptors has no streams at all.
    stdin: stdin === 'pipe' ? (child.stdin ?? null) : null,
    stdout: child.stdout ?? null,
    lifeline: (child.stdio?.[3] as Writable | undefined) ?? null,
    stderrTail: tail.text,
    exited,
    close: () => endChild(child, exited),
  };
}

/** Most failures of spawn come as an event; a few, as ENOMEM, are thrown. */
function spawnOrTell(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess | Error {
  try {
    return spawn(program, args, options);
  } catch (error) {
    return error as Error;
  }
}

function neverStarted({ message }: Error): StartedProcess {
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
  // From here on an error is a signal that could not be sent; the exit is still to come.
  child.on('error', () => {});
  const exit = await new Promise<ProcessExit>((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  if (child.stderr !== null && !child.stderr.closed) {
    const stderrEnded = new Promise((resolve) => child.stderr?.once('close', resolve));
    await Promise.race([stderrEnded, sleep(LAST_WORDS_MS, undefined, { ref: false })]);
  }
  return exit;
}

async function endChild(child: ChildProcess, exited: Promise<ProcessExit>): Promise<void> {
  const giveUp = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.kill('SIGTERM');
  await exited;
  clearTimeout(giveUp);
  for (const stream of child.stdio ?? []) stream?.destroy();
}

const MAX_LINES = 20;
const MAX_CHARACTERS = 64 * 1024;

export interface LineTail {
  push(chunk: Buffer): void;
  /** What is kept, without the final line break. */
  text(): string;
}

/** Keeps the last 20 lines of a stream, at most 64 Ki characters, however much flows through. */
export function createLineTail(): LineTail {
  const decoder = new StringDecoder('utf8');
  let kept = '';
  return {
    push(chunk) {
      const lines = (kept + decoder.write(chunk)).split('\n');
      // One more than the limit: the part after the last line break is a line only once it has text.
      kept = lines
        .slice(-MAX_LINES - 1)
        .join('\n')
        .slice(-MAX_CHARACTERS);
    },
    text: () => kept.trimEnd().split('\n').slice(-MAX_LINES).join('\n'),
  };
}
