import type { Readable, Writable } from 'node:stream';
import type { BackgroundMessage } from '../../domain/connect/tunnels.js';
import { findHome } from '../../store/folder.js';

/** The process, replaceable by tests. */
export interface ProcessContext {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** The stderr stream itself, for libraries that draw on a terminal. */
  readonly terminal: Writable;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  /** Command line that runs this program with the same arguments. */
  readonly argv: readonly [string, ...string[]];
  /** Set in a process started by `vnc connect --detach`: the tunnel's ID and the channel to the parent. */
  readonly background?: BackgroundProcess;
  readonly userId: number | undefined;
  readonly hostname: string;
  /** Undefined when unknown. */
  readonly home: string | undefined;
  /** Locale of the operating system; slow. */
  systemLocale(): string;
  now(): Date;
  /** Rejects when the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  isAlive(pid: number): boolean;
  /** Sends a signal to one of the user's processes; ignores ESRCH. */
  kill(pid: number, signal: NodeJS.Signals): void;
  /** Listens for SIGINT, SIGTERM and SIGHUP; returns the function that stops it. */
  onSignal(listener: (signal: EndingSignal) => void): () => void;
  /** Listens for uncaught errors; returns the function that stops it. */
  onCrash(listener: (error: unknown) => void): () => void;
  /** Sets the exit code; after a crash, exits when stderr is flushed, whatever is still open. */
  end(exitCode: number, hasCrashed: boolean): Promise<void>;
  /** Terminates the process by a signal with its default action. */
  dieOf(signal: EndingSignal): void;
}

export interface BackgroundProcess {
  readonly id: string;
  /** Sends the one message that the parent waits for; resolves when it is sent or the parent is gone. */
  send(message: BackgroundMessage): Promise<void>;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  /** Calls back when the content is written or has failed. */
  write(content: string | Uint8Array, onWritten?: (error?: Error | null) => void): unknown;
}

export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

declare const HPC_DESK_VERSION: string;

/** Facts about the process for every run, including completion. */
export function thisProcess(process: NodeJS.Process): CompletionProcess {
  // Certificates are verified regardless; without the variable Node prints no warning.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  return {
    environment: process.env,
    platform: process.platform,
    userId: process.geteuid?.(),
    home: findHome({ platform: process.platform, environment: process.env }),
    version: HPC_DESK_VERSION,
    now: () => new Date(),
    random: Math.random,
  };
}

export type CompletionProcess = Pick<
  ProcessContext,
  'environment' | 'platform' | 'userId' | 'home' | 'version' | 'now' | 'random'
>;
