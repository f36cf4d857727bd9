import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { EndingSignal, ProcessContext } from '../../src/cli/run/process-context.js';
import { run } from '../../src/cli/run/run.js';
import { createManualClock } from './manual-clock.js';

export interface CliOptions {
  /** All there is: nothing of this machine's own environment reaches the program. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What is piped in; on a terminal, what is typed once a question is there. */
  readonly stdin?: string;
  /** Which streams are a terminal: all, none (the default), or these. */
  readonly isTerminal?: boolean | readonly ('stdin' | 'stdout' | 'stderr')[];
  /** Width of what is a terminal; 80 unless told. */
  readonly columns?: number;
  /** Comes as soon as the program listens for signals. */
  readonly signal?: EndingSignal;
  readonly now?: () => Date;
  /** The home folder; a fresh one unless told. */
  readonly home?: string;
  /** Passes the time; at once, without moving the clock, unless told. */
  readonly sleep?: ProcessContext['sleep'];
}

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  /** The first line of stdout, without its line feed; rejects with the result when the program ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<CliResult>;
  /** What stdout and stderr received so far. */
  stdout(): string;
  stderr(): string;
  send(signal: EndingSignal): void;
  /** As if nobody had caught it. */
  crash(error: unknown): void;
  /** The codes with which it ended the process at once. */
  readonly exited: readonly number[];
}

/** Runs one command line in this process, with made-up streams, to its end; English unless the environment says otherwise. */
export function runCli(line: string | readonly string[], options?: CliOptions): Promise<CliResult> {
  return startCli(line, options).ended;
}

/** The same for commands that stay; the caller sends a signal and awaits `ended`. */
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
  // Whoever does not ask for the first line need not hear that there was none.
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

/** Only loopback goes past a proxy: whatever is meant for elsewhere ends at a closed port of this machine. */
const NO_WAY_OUT = {
  HTTPS_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
};

/** Words as a shell would see them: blanks separate, quotes of either kind hold together. */
function splitLine(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  return words.map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
}

/** An output stream that remembers; on a terminal it can also move its cursor, as Node's own can. */
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

  /** A process's own output is not ended by a prompt that was piped into it. */
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
  // A prompt drops what was typed before it listens; it listens once it is drawn.
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
