import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { BIN, type BinResult } from '../../helpers/run-bin.js';

export interface Launched {
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  kill(signal: NodeJS.Signals): void;
  /** Ends its stdin, which is open until then, and waits until that is flushed. */
  endInput(): Promise<void>;
  readonly ended: Promise<BinResult>;
}

/** Starts the built program with an open stdin, without waiting for output. */
export function launch(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Launched {
  const child = spawn(process.execPath, [BIN, ...words], {
    env: environment as NodeJS.ProcessEnv,
    stdio: 'pipe',
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  child.stdin.on('error', () => {});
  return {
    pid: child.pid ?? 0,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    kill: (signal) => void child.kill(signal),
    endInput: () => new Promise((resolve) => child.stdin.end(() => resolve())),
    ended: once(child, 'close').then(([exitCode, signal]) => ({ exitCode, signal, ...said })),
  };
}
