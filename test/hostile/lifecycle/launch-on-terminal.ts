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
  /** The same as words. */
  stderr(): string;
  /** The terminal goes away: a window that is closed, or a remote log-in that breaks off. */
  loseTerminal(): void;
  /** Settles once the program has ended, however its terminal ended. */
  exitCode(): Promise<number>;
}

const CURSOR_MOVES = /\x1b\[[\d;?]*[A-Za-z]/g;
/**
 * Outlives the terminal, to write down how the program ended. A terminal that ends is told to the shell that has it, and
 * by the end of that to the program (credentials(7)): so there has to be another shell around this one.
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

/** Runs the built program on a pseudo-terminal that script(1) holds the other end of. */
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
    // With its process goes the master's end, whose last close the kernel tells to all on the terminal.
    loseTerminal: () => void terminal.kill('SIGKILL'),
    exitCode: async () => Number(await eventually(() => readFile(file, 'utf8'))),
  };
}

export interface TerminalOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For how it ended, and for what it says where that is not for the terminal. */
  readonly folder: string;
  /** Whether only its stdin is the terminal. */
  readonly isQuiet?: boolean;
}
