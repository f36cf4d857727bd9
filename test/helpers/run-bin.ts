import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The program as published; `npm test` builds it first. */
export const BIN = join(import.meta.dirname, '../../bin/hpc-desk.js');

export interface BinOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Text piped to stdin; empty by default. */
  readonly stdin?: string;
  /** Another installation of the program. */
  readonly program?: string;
}

export interface BinResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningBin {
  readonly pid: number;
  /** The first line of stdout, without its line feed. */
  readonly firstLine: string;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<BinResult>;
}

/** Starts a command without waiting for output. */
export function launchBin(
  words: readonly string[],
  options: BinOptions,
): Pick<RunningBin, 'kill' | 'ended'> {
  const { child, ended } = launch(words, options);
  return { kill: (signal) => void child.kill(signal), ended };
}

/** Runs a command until it exits. */
export function runBin(words: readonly string[], options: BinOptions): Promise<BinResult> {
  return launch(words, options).ended;
}

/** Starts a long-running command and waits for its first line; the caller ends it. */
export async function startBin(words: readonly string[], options: BinOptions): Promise<RunningBin> {
  const { child, ended, firstLine } = launch(words, options);
  const line = await Promise.race([firstLine, ended]);
  if (typeof line !== 'string') {
    throw new Error(`ended before its first line: ${JSON.stringify(line)}`);
  }
  return {
    pid: child.pid ?? 0,
    firstLine: line,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}

function launch(words: readonly string[], { environment, stdin = '', program = BIN }: BinOptions) {
  const child = spawn(process.execPath, [program, ...words], {
    env: environment as NodeJS.ProcessEnv,
    stdio: 'pipe',
  });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  let stdout = '';
  let stderr = '';
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(
    ([exitCode, signal]): BinResult => ({ exitCode, signal, stdout, stderr }),
  );
  return { child, firstLine, ended };
}
