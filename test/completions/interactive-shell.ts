import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Waits for `READY`; then for each line: clears, types it, presses Tab and Control-T, waits for `<<…>>`. */
const ZPTY_SCRIPT = `
  zmodload zsh/zpty
  zpty shell "stty columns 200 rows 50; exec $1"
  shift
  zpty -r -m shell screen '*READY*'
  for keys; do
    zpty -w -n shell $'\\C-u'"$keys"$'\\t\\C-t'
    zpty -r -m shell screen '*<<*>>*'
    print -rn -- "$screen"$'\\x1e'
  done
  zpty -d shell
`;
const WAIT_MS = 30_000;

export interface Completed {
  /** All output, including the candidates with their descriptions. */
  readonly screen: string;
  /** The command line after Tab. */
  readonly line: string;
}

/**
 * Types each text and a Tab into one interactive shell, on a pseudo-terminal of zsh (zshmodules(1), zpty).
 *
 * The shell's start file must set a prompt that contains `READY` and bind Control-T to print `<<line>>`.
 */
export async function pressTab(
  shell: string,
  folder: string,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Completed>> {
  const argv = ['-f', '-c', ZPTY_SCRIPT, 'typist', shell, ...texts];
  const { stdout } = await promisify(execFile)('zsh', argv, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ZDOTDIR: folder,
      TERM: 'vt100',
      LC_ALL: 'C.UTF-8',
    },
    timeout: WAIT_MS,
  });
  const screens = stdout.split('\x1e');
  return new Map(texts.map((text, index) => [text, readScreen(screens[index] ?? '')]));
}

function readScreen(screen: string): Completed {
  return { screen, line: /<<(.*?)>>/.exec(screen)?.[1] ?? '' };
}
