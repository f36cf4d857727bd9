import type { Environment, OwnMachine } from '../process/child-environment.js';
import { findProgram } from '../process/find-program.js';
import { startProcess } from '../process/start-process.js';

/** The clipboard of this machine, through a system program; undefined if none is found. */
export function findClipboard({ platform, environment }: OwnMachine) {
  for (const [name, ...args] of clipboardPrograms(platform, environment)) {
    const program = findProgram(name, environment);
    if (program === undefined) continue;
    return {
      /**
       * Copies text, which may be a secret, and returns whether that succeeded. The text stays after this process ends.
       *
       * @throws the signal's reason when aborted.
       */
      async write(text: string, signal: AbortSignal) {
        signal.throwIfAborted();
        const child = startProcess({
          program,
          arguments: args,
          environment,
          stdin: Buffer.from(text),
          // On X11 and Wayland the program forks a process that keeps serving the text, and would hold the pipe open.
          stderr: 'ignore',
        });
        signal.addEventListener('abort', child.close, { once: true });
        const { exitCode } = await child.exited;
        signal.removeEventListener('abort', child.close);
        signal.throwIfAborted();
        return exitCode === 0;
      },
    };
  }
  return undefined;
}

/** wl-copy(1), xclip(1), xsel(1x), pbcopy(1), and clip.exe of Windows, which WSL also has in its PATH; pure. */
export function clipboardPrograms(
  platform: NodeJS.Platform,
  { WAYLAND_DISPLAY, DISPLAY }: Environment,
): readonly (readonly [name: string, ...args: readonly string[]])[] {
  if (platform === 'darwin') return [['pbcopy']];
  if (platform === 'win32') return [['clip.exe']];
  const wayland = ['wl-copy', '--type', 'text/plain'] as const;
  const x11 = [
    ['xclip', '-selection', 'clipboard', '-in'],
    ['xsel', '--clipboard', '--input'],
  ] as const;
  return [...(WAYLAND_DISPLAY ? [wayland] : []), ...(DISPLAY ? x11 : []), ['clip.exe']];
}
