import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface BackgroundOptions {
  /** Absolute path of the program, then its arguments. */
  readonly argv: readonly [string, ...string[]];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logDescriptor: number;
  readonly signal: AbortSignal;
}

/** How long a process may take to end after SIGTERM; one that is stopped would take for ever. */
const TERMINATION_MS = 10_000;

/**
 * Starts a process in its own session, without a controlling terminal, and waits for its first IPC message.
 *
 * The process outlives this one. An abort before the message sends SIGTERM and waits for the exit.
 *
 * @returns the message; undefined when the process exited without one
 * @throws the signal's reason; the error of a process that could not be started
 */
export async function startBackground(options: BackgroundOptions): Promise<unknown> {
  const { argv, environment, logDescriptor, signal } = options;
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'ignore', logDescriptor, 'ipc'],
    env: environment,
    windowsHide: true,
  });
  const exited = once(child, 'exit');
  let killTimer: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), TERMINATION_MS);
  };
  signal.addEventListener('abort', stop);
  try {
    const answered = once(child, 'message').then(([message]) => message);
    const message = await Promise.race([answered, exited.then(() => undefined)]);
    if (!signal.aborted) return message;
    await exited;
    throw signal.reason;
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(killTimer);
    if (child.connected) child.disconnect();
    child.unref();
  }
}
