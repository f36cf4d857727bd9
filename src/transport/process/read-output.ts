import { type ExecFileException, execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { childEnvironment, type Environment } from './child-environment.js';

const MAX_BYTES = 256 * 1024;

/**
 * Runs a program without stdin and collects its output, at most 256 KiB per stream.
 *
 * @param program - Absolute path, see `findProgram`.
 * @returns `exitCode` null when the program could not be started or was killed by a signal.
 * @throws the signal's reason when aborted; the program is killed.
 */
export async function readOutput(
  program: string,
  args: readonly string[],
  { environment, signal }: { readonly environment: Environment; readonly signal: AbortSignal },
) {
  try {
    const running = promisify(execFile)(program, args, {
      env: childEnvironment(environment),
      signal,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_BYTES,
      windowsHide: true,
    });
    running.child.stdin?.end();
    return { exitCode: 0, ...(await running) };
  } catch (error) {
    signal.throwIfAborted();
    // Without output when the program could not be started.
    const { code, message, stdout = '', stderr = message } = error as ExecFileException;
    return { exitCode: typeof code === 'number' ? code : null, stdout, stderr };
  }
}
