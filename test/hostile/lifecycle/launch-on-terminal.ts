import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { quotePosix } from '../../../src/model/quote.js';
import { eventually } from '../../helpers/eventually.js';
import { BIN } from '../../helpers/run-bin.js';

export interface TerminalRun {
  /** What the terminal received so far, stdout and stderr alike, with a line break wherever the cursor moves. */
  stdout(): string;
  /** The same without control sequences. */
  stderr(): string;
  /** Closes the terminal, like a closed window or a lost remote login. */
  loseTerminal(): void;
  /** Resolves once the program has exited, even if the terminal is gone. */
  exitCode(): Promise<number>;
}

const CURSOR_MOVES = /\x1b\[[\d;?]*[A-Za-z]/g;
/**
 * Outlives the terminal to record the exit code of the program. When a terminal closes, the controlling shell gets
 * SIGHUP, and its exit sends SIGHUP to the program (credentials(7)), so another shell must run this one.
 */
const KEEPER = `
trap : HUP
file=$1
shift
if [ "$1" = quiet ]; then
  shift
  "$@" >"$file.output" 2>&1
else
  shift
  "$@"
fi
echo "$?" >"$file.part"
mv "$file.part" "$file"
`;

/** Runs the built program on a pseudo-terminal whose master script(1) holds. */
export function launchOnTerminal(
  words: readonly string[],
  { environment, folder, isQuiet = false }: TerminalOptions,
): TerminalRun {
  const file = join(folder, 'exit-code');
  const program = [isQuiet ? 'quiet' : 'loud', process.execPath, BIN, ...words];
  const command = ['sh', '-c', KEEPER, 'sh', file, ...program];
  const line = `stty cols 120 rows 30; ${command.map(quotePosix).join(' ')}; exit`;
  const terminal = spawn('script', ['-qc', line, '/dev/null'], {
    env: { TERM: 'xterm-256color', ...environment } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    stdout: () => output.replaceAll(CURSOR_MOVES, '\n'),
    stderr: () => stripVTControlCharacters(output),
    // This closes the master, and on its last close the kernel sends SIGHUP.
    loseTerminal: () => void terminal.kill('SIGKILL'),
    exitCode: async () => Number(await eventually(() => readFile(file, 'utf8'))),
  };
}

export interface TerminalOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For the exit code, and for output that does not go to the terminal. */
  readonly folder: string;
  /** Whether only its stdin is the terminal. */
  readonly isQuiet?: boolean;
}
