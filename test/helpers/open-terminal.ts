import { execFile } from 'node:child_process';
import { mkdtemp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './eventually.js';
import type { DeskHome } from './open-desk-home.js';
import { BIN } from './run-bin.js';

/** The screen and the keyboard of a terminal. */
export interface Terminal {
  /** The lines on the screen, without colours and trailing blanks. */
  screen(): Promise<string>;
  /** Waits until the screen matches. */
  see(pattern: RegExp): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses a key by its name in tmux(1): `Enter`, `C-c`. */
  press(key: string): Promise<void>;
  hasCursor(): Promise<boolean>;
  /** The exit code of the command, once it has exited; the screen stays. */
  exitCode(): Promise<number>;
  /** Closes the terminal window. */
  close(): Promise<void>;
}

/**
 * Sets the title to the exit code (xterm's OSC 2) without changing the screen: once the title shows it, all output of
 * the command has been drawn. Ctrl-C goes to the command only.
 */
const KEEPER = `
trap : INT
"$@"
printf '\\033]2;exit %s\\033\\\\' "$?"
read -r _
`;

/** Runs one command in a tmux terminal; closing the home kills it. */
export async function openTerminal(
  home: DeskHome,
  words: readonly string[],
  options: TerminalOptions = {},
): Promise<Terminal> {
  const argv = ['sh', '-c', KEEPER, 'sh', process.execPath, BIN, ...words];
  const { tmux, screen, see } = await startTmux(home, argv, options);
  const ask = (format: string) => tmux('display-message', '-p', format);
  return {
    screen: () => screen(),
    see,
    type: async (text) => void (await tmux('send-keys', '-l', '--', text)),
    press: async (key) => void (await tmux('send-keys', key)),
    hasCursor: async () => (await ask('#{cursor_flag}')) === '1',
    exitCode: async () =>
      Number(await eventually(async () => /^exit (\d+)$/.exec(await ask('#{pane_title}'))?.[1])),
    close: async () => void (await tmux('kill-session')),
  };
}

/** A shell in a terminal, into which lines are pasted. */
export interface TerminalShell {
  /** Waits until the screen matches. */
  see(pattern: RegExp): Promise<void>;
  /** The screen, with wrapped lines joined. */
  screen(): Promise<string>;
  /** Pastes a line; does not wait for the command to finish. */
  paste(line: string): Promise<void>;
  /** Presses a key by its name in tmux(1). */
  press(key: string): Promise<void>;
  /** Pastes a line and returns its output and exit code. */
  run(
    line: string,
    columns?: number,
  ): Promise<{ readonly lines: string[]; readonly exitCode: number }>;
}

/** Opens sh(1) in a tmux terminal, with the built program on PATH; closing the home kills it. */
export async function openTerminalShell(
  home: DeskHome,
  { program = BIN, environment = {}, ...options }: ShellOptions = {},
): Promise<TerminalShell> {
  const programs = await mkdtemp(join(home.folder, 'programs-'));
  await symlink(program, join(programs, 'hpc-desk'));
  const PATH = `${programs}:${home.environment.PATH}`;
  const { tmux, screen, see } = await startTmux(home, ['sh'], {
    ...options,
    rows: 300,
    environment: { PATH, ...environment },
  });
  const paste = async (text: string) => {
    await tmux('set-buffer', '--', `${text}\n`);
    await tmux('paste-buffer');
  };
  let count = 0;
  await paste('PS1= PS2=; stty -echo; echo; echo ready');
  await see(/^ready$/m);
  return {
    see,
    screen: () => screen('-J'),
    paste,
    press: async (key) => void (await tmux('send-keys', key)),
    async run(line, columns) {
      if (columns !== undefined) await tmux('resize-window', '-x', String(columns));
      count += 1;
      const mark = `end-of-${count}`;
      await paste(`clear; {\n${line}\n}; echo "${mark}:$?"`);
      await see(new RegExp(`^${mark}:\\d+$`, 'm'));
      const [printed = '', exitCode] = (await screen('-J')).split(`${mark}:`);
      return { lines: printed.trimEnd().split('\n'), exitCode: Number(exitCode) };
    },
  };
}

async function startTmux(
  home: DeskHome,
  argv: readonly string[],
  { columns = 120, rows = 30, environment = {} }: TerminalOptions,
) {
  const env = {
    ...home.environment,
    TMUX_TMPDIR: await mkdtemp(join(home.folder, 'tmux-')),
    ...environment,
  };
  const tmux = async (...words: string[]) => {
    const started = ['-u', '-f', '/dev/null', ...words];
    const { stdout } = await promisify(execFile)('tmux', started, { env });
    return stdout.trimEnd();
  };
  const size = ['-x', String(columns), '-y', String(rows)];
  await tmux('new-session', '-d', ...size, '--', ...argv);
  const screen = (...flags: string[]) => tmux('capture-pane', '-p', ...flags);
  const see = async (pattern: RegExp) => {
    await eventually(async () => {
      const text = await screen();
      if (!pattern.test(text)) throw new Error(`no ${pattern} on the screen:\n${text}`);
      return true;
    });
  };
  return { tmux, screen, see };
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

interface ShellOptions extends TerminalOptions {
  /** The built program by default. */
  readonly program?: string;
}
