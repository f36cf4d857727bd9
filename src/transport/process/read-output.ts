import { execFile } from 'node:child_process';
import { childEnvironment, type Environment } from './child-environment.js';

export interface ProgramOutput {
  /** Null when the program could not be started or was killed by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const MAX_BYTES = 256 * 1024;

/**
 * Runs a program without stdin and collects its output, at most 256 KiB per stream.
 *
 * @param program - Absolute path, see `findProgram`.
 * @throws the signal's reason when aborted; the program is killed.
 */
export function readOutput(
  program: string,
  args: readonly string[],
  { environment, signal }: { readonly environment: Environment; readonly signal: AbortSignal },
): Promise<ProgramOutput> {
  const options = {
    env: childEnvironment(environment),
    signal,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_BYTES,
    windowsHide: true,
  } as const;
  return new Promise<ProgramOutput>((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason);
      else resolve({ exitCode: exitCodeOf(error), stdout, stderr });
    });
    child.stdin?.end();
  }).catch((error: Error) => {
    signal.throwIfAborted();
    // Most spawn failures are events; a few, such as ENOMEM, are thrown.
    return { exitCode: null, stdout: '', stderr: error.message };
  });
}

function exitCodeOf(error: { code?: unknown } | null): number | null {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : null;
}
