import { spawn } from 'node:child_process';
import { findProgram } from '../transport/process/find-program.js';

export interface XClientOptions {
  readonly openboxConfiguration: string;
  /** With DISPLAY, XAUTHORITY, and the private folder as TMPDIR. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface XClients {
  /** Ends the window manager at once; all of them also end by themselves when their X server does. */
  kill(): void;
}

/**
 * Shows a window manager and a terminal on a display, as far as they are installed.
 *
 * The terminal shows what is typed and runs nothing, and the window manager has no menus and no keys: whoever reaches
 * the RFB port, and without a password that is everybody on this machine, must not get a shell of ours with it.
 */
export function startXClients({ openboxConfiguration, environment }: XClientOptions): XClients {
  const openbox = findProgram('openbox', environment);
  const [program, programArguments] =
    openbox === undefined
      ? ['/bin/sh', ['-c', SHOW_TERMINAL]]
      : [
          openbox,
          // openbox loses a window that asks to be shown while it starts, so it starts the terminal itself.
          [
            ...['--sm-disable', '--config-file', openboxConfiguration],
            ...['--startup', `/bin/sh -c '${SHOW_TERMINAL}'`],
          ],
        ];
  const child = spawn(program, programArguments, { env: environment, stdio: 'ignore' });
  // A desktop without windows is still a desktop.
  child.on('error', () => {});
  return {
    kill() {
      child.kill('SIGKILL');
    },
  };
}

/**
 * Fixed text without single quotes, since openbox takes its startup command as one line. `cat -v` shows control
 * characters as text, so that typing cannot drive the terminal either.
 */
const SHOW_TERMINAL = `
exec xterm -geometry 80x24+80+80 -title "hpc-desk sandbox" \\
  -xrm "XTerm*omitTranslation: popup-menu" \\
  -e /bin/sh -c "stty -isig eof undef; exec cat -v \\"\\$TMPDIR/greeting\\" -"
`;
