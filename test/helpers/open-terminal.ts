import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';
import type { DeskHome } from './open-desk-home.js';
import { BIN } from './run-bin.js';

/** A terminal that a person sits at: what is on its screen, and its keys. */
export interface Terminal {
  /** The lines as they stand there, without colours and trailing blanks. */
  screen(): Promise<string>;
  /** Waits until the screen shows it. */
  see(pattern: RegExp): Promise<void>;
  type(text: string): Promise<void>;
  /** A key by its name in tmux(1): `Enter`, `C-c`. */
  press(key: string): Promise<void>;
  hasCursor(): Promise<boolean>;
  /** The exit code of the command, once it has ended; the screen stays. */
  exitCode(): Promise<number>;
  /** Closes its window, as a person does. */
  close(): Promise<void>;
}

/**
 * Puts the exit code into the title (xterm's OSC 2) and leaves the screen alone: a terminal that shows it has drawn all
 * that the command wrote before. Ctrl-C is meant for the command only.
 */
const KEEPER = `
trap : INT
"$@"
printf '\\033]2;exit %s\\033\\\\' "$?"
read -r _
`;

/** Runs one command in a terminal that tmux draws; it ends with the home. */
export async function openTerminal(
  home: DeskHome,
  words: readonly string[],
  { columns = 120, environment = {} }: TerminalOptions = {},
): Promise<Terminal> {
  const folder = await mkdtemp(join(home.folder, 'tmux-'));
  const env = { ...home.environment, TMUX_TMPDIR: folder, ...environment };
  const tmux = async (...argv: string[]) => {
    const { stdout } = await promisify(execFile)('tmux', ['-u', '-f', '/dev/null', ...argv], {
      env,
    });
    return stdout.trimEnd();
  };
  await tmux(
    ...['new-session', '-d', '-x', String(columns), '-y', '30', '--'],
    ...['sh', '-c', KEEPER, 'sh', process.execPath, BIN, ...words],
  );
  const screen = () => tmux('capture-pane', '-p');
  const ask = (format: string) => tmux('display-message', '-p', format);
  return {
    screen,
    see: async (pattern) => {
      await eventually(async () => {
        const text = await screen();
        if (!pattern.test(text)) throw new Error(`no ${pattern} on the screen:\n${text}`);
        return true;
      });
    },
    type: async (text) => void (await tmux('send-keys', '-l', '--', text)),
    press: async (key) => void (await tmux('send-keys', key)),
    hasCursor: async () => (await ask('#{cursor_flag}')) === '1',
    exitCode: async () =>
      Number(await eventually(async () => /^exit (\d+)$/.exec(await ask('#{pane_title}'))?.[1])),
    close: async () => void (await tmux('kill-session')),
  };
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
}
