import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { quotePosix } from '../../src/model/quote.js';
import { BIN, type BinOptions } from './run-bin.js';

export interface TerminalOptions extends Pick<BinOptions, 'environment'> {
  /** Width in columns; 0 for a terminal that does not know its size. */
  readonly columns: number;
  /** A shell command that runs first. */
  readonly before?: string;
}

export interface TerminalRun {
  /** Output so far, stdout and stderr combined. */
  output(): string;
  /** Presses keys. */
  type(keys: string): void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

/** Runs a command on a pseudo-terminal of script(1); needs `script` and `stty`. */
export function startOnTerminal(
  words: readonly string[],
  { environment, columns, before = ':' }: TerminalOptions,
): TerminalRun {
  const command = [process.execPath, BIN, ...words].map(quotePosix).join(' ');
  const line = `stty cols ${columns} rows 24; ${before}; exec ${command}`;
  const terminal = spawn('script', ['-qec', line, '/dev/null'], {
    env: { TERM: 'xterm-256color', ...environment } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = once(terminal, 'close').then(([exitCode]) => ({ exitCode, output }));
  return { output: () => output, type: (keys) => void terminal.stdin.write(keys), ended };
}
