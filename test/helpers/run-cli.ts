import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { EndingSignal, ProcessContext } from '../../src/cli/run/process-context.js';
import { run } from '../../src/cli/run/run.js';
import { createManualClock } from './manual-clock.js';

export interface CliOptions {
  /** Nothing is inherited from the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Text piped to stdin; on a terminal, text typed once a prompt is shown. */
  readonly stdin?: string;
  /** Which streams are terminals: all, none (the default), or these. */
  readonly isTerminal?: boolean | readonly ('stdin' | 'stdout' | 'stderr')[];
  /** Width of the terminal; 80 by default. */
  readonly columns?: number;
  /** Delivered as soon as the program listens for signals. */
  readonly signal?: EndingSignal;
  readonly now?: () => Date;
  /** The home folder; a new one by default. */
  readonly home?: string;
  /** Waits; by default it returns at once and does not advance the clock. */
  readonly sleep?: ProcessContext['sleep'];
}

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  /** The first line of stdout, without its line feed; rejects if the program exits first. */
  readonly ready: Promise<string>;
  readonly ended: Promise<CliResult>;
  /** Output so far. */
  stdout(): string;
  stderr(): string;
  send(signal: EndingSignal): void;
  /** Simulates an uncaught error. */
  crash(error: unknown): void;
  /** Exit codes with which it ended the process immediately. */
  readonly exited: readonly number[];
}

/** Runs one command line in this process with fake streams; in English unless the environment sets a language. */
export function runCli(line: string | readonly string[], options?: CliOptions): Promise<CliResult> {
  return startCli(line, options).ended;
}

/** The same for long-running commands; the caller sends a signal and awaits `ended`. */
export function startCli(line: string | readonly string[], options: CliOptions = {}): RunningCli {
  const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-cli-'));
  const stdout = createOutput(options, 'stdout');
  const stderr = createOutput(options, 'stderr');
  const listeners = new Set<(signal: EndingSignal) => void>();
  const crashListeners = new Set<(error: unknown) => void>();
  const exited: number[] = [];
  const processContext: ProcessContext = {
    arguments: typeof line === 'string' ? splitLine(line) : line,
    environment: {
      HPC_DESK_CONFIG_DIR: folder,
      ...NO_WAY_OUT,
      ...options.environment,
    },
    stdin: createInput(options, stderr),
    stdout,
    stderr,
    terminal: stderr,
    version: '0.0.0-test',
    platform: process.platform,
    pid: process.pid,
    userId: process.geteuid?.(),
    hostname: 'test',
    home: options.home ?? folder,
    systemLocale: () => 'en-US',
    now: options.now ?? (() => new Date()),
    sleep: options.sleep ?? createManualClock().sleep,
    random: () => 0,
    isAlive: (pid) => pid === process.pid,
    argv: [process.execPath, 'not-a-program'],
    kill: () => {},
    onSignal(listener) {
      listeners.add(listener);
      if (options.signal !== undefined) listener(options.signal);
      return () => listeners.delete(listener);
    },
    onCrash(listener) {
      crashListeners.add(listener);
      return () => crashListeners.delete(listener);
    },
    async end(exitCode, hasCrashed) {
      if (hasCrashed) exited.push(exitCode);
    },
    dieOf(signal) {
      throw new Error(`died of ${signal}`);
    },
  };
  const ended = run(processContext)
    .then((exitCode) => ({ exitCode, stdout: stdout.text, stderr: stderr.text }))
    .finally(() => rmSync(folder, { recursive: true, force: true }));
  const ready = firstLine(stdout, ended);
  // Callers that ignore `ready` need not handle its rejection.
  ready.catch(() => {});
  return {
    ended,
    ready,
    stdout: () => stdout.text,
    stderr: () => stderr.text,
    send: (signal) => {
      for (const listener of listeners) listener(signal);
    },
    crash: (error) => {
      for (const listener of crashListeners) listener(error);
    },
    exited,
  };
}

/** Sends all requests except to loopback to a closed local port, as their proxy. */
const NO_WAY_OUT = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
};

/** Splits a line into words like a shell: at blanks outside of single or double quotes. */
function splitLine(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** An output stream that records its text and has the cursor methods of a terminal stream in Node. */
export class CapturedOutput extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor(isTTY: boolean, columns: number) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
    this.emit('captured');
  }

  /** Does nothing, because a prompt piped into process.stdout does not end it either. */
  override end(): this {
    return this;
  }

  cursorTo(column: number): boolean {
    return this.write(`\x1b[${column + 1}G`);
  }

  clearLine(): boolean {
    return this.write('\x1b[2K');
  }

  moveCursor(_columns: number, lines: number): boolean {
    return this.write(`\x1b[${-lines}A`);
  }
}

function createOutput(options: CliOptions, name: 'stdout' | 'stderr'): CapturedOutput {
  return new CapturedOutput(isTerminal(options, name), options.columns ?? 80);
}

function createInput(options: CliOptions, stderr: CapturedOutput): ProcessContext['stdin'] {
  const isTTY = isTerminal(options, 'stdin');
  const stream = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stream });
  const { stdin = '' } = options;
  if (!isTTY) return stream.end(stdin);
  // A prompt discards input until it is drawn.
  const type = () => {
    if (!stderr.text.includes('? ')) return;
    stderr.off('captured', type);
    setImmediate(() => stream.write(stdin));
  };
  stderr.on('captured', type);
  return stream;
}

function isTerminal({ isTerminal = false }: CliOptions, name: 'stdin' | 'stdout' | 'stderr') {
  return typeof isTerminal === 'boolean' ? isTerminal : isTerminal.includes(name);
}

async function firstLine(stdout: CapturedOutput, ended: Promise<CliResult>): Promise<string> {
  const tooEarly = ended.then((result) => {
    if (!stdout.text.includes('\n')) throw new Error(`ended first: ${JSON.stringify(result)}`);
  });
  while (!stdout.text.includes('\n')) await Promise.race([once(stdout, 'captured'), tooEarly]);
  return stdout.text.slice(0, stdout.text.indexOf('\n'));
}
