import type { Readable, Writable } from 'node:stream';
import type { BackgroundMessage } from '../../domain/connect/tunnels.js';
import { findHome } from '../../store/folder.js';

/** The process as the program sees it, so that a test can hand in another one. */
export interface ProcessContext {
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** Stderr as Node's own stream, for libraries that draw on a terminal. */
  readonly terminal: Writable;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly pid: number;
  /** What would run this program with the same arguments again. */
  readonly argv: readonly [string, ...string[]];
  /** Set when `vnc connect --detach` has started this process: the id of its tunnel, and how to report to its parent. */
  readonly background?: BackgroundProcess;
  readonly userId: number | undefined;
  readonly hostname: string;
  /** Undefined where there is none. */
  readonly home: string | undefined;
  /** What the system itself says of its language; asking costs time. */
  systemLocale(): string;
  now(): Date;
  /** Resolves after the time, rejects when the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Uniform in [0, 1). */
  random(): number;
  /** Whether a process of this machine runs. */
  isAlive(pid: number): boolean;
  /** Sends a signal to a process of this user; one that is gone already is no failure. */
  kill(pid: number, signal: NodeJS.Signals): void;
  /** Calls back for INT, TERM and HUP until the returned function is called. */
  onSignal(listener: (signal: EndingSignal) => void): () => void;
  /** Calls back for each error that nobody caught, until the returned function is called. */
  onCrash(listener: (error: unknown) => void): () => void;
  /** Ends the process, whatever is still open, as soon as stderr has left. */
  exit(exitCode: number): void;
  /** Ends the process by a signal, as if nobody listened for it. */
  dieOf(signal: EndingSignal): void;
}

export interface BackgroundProcess {
  readonly id: string;
  /** Sends the one message that the parent waits for; resolves when it has left, or when nobody waits any more. */
  send(message: BackgroundMessage): Promise<void>;
}

/** All that is asked of stdout and stderr. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  on(event: 'error', listener: OutputListener): unknown;
  /** Calls back when the content has left, or with why it could not. */
  write(content: string | Uint8Array, onWritten?: (error?: Error | null) => void): unknown;
}

export type OutputListener = (error: NodeJS.ErrnoException) => void;

export type EndingSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

declare const HPC_DESK_VERSION: string;

/** What every run may know of its process, Tab's included. */
export function thisProcess(process: NodeJS.Process): CompletionProcess {
  // Certificates are verified all the same; Node would warn that they are not.
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

/** As much of it as Tab needs. */
export type CompletionProcess = Pick<
  ProcessContext,
  'environment' | 'platform' | 'userId' | 'home' | 'version' | 'now' | 'random'
>;
