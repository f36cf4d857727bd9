import { constants } from 'node:os';
import { readAddressSpaceBytes } from '../../transport/process/address-space.js';

const FLAG = '--disable-wasm-trap-handler';
/** V8 reserves 10 GiB for the memory of undici's HTTP parser; Node itself takes about one. */
const NEEDED_BYTES = 12 * 1024 ** 3;

/**
 * Starts the program again where the address space is limited (`ulimit -v`), with the flag of Node by which WebAssembly
 * reserves none. It cannot be set from within: Node reads it before anything else. Newer versions see to it themselves.
 *
 * @returns whether the program runs in another process now, and this one only waits for its end.
 */
export function restartInLittleSpace(process: NodeJS.Process): boolean {
  const { env, execArgv, execPath } = process;
  const isSet = execArgv.includes(FLAG) || env.NODE_OPTIONS?.includes(FLAG);
  if (isSet || readAddressSpaceBytes() >= NEEDED_BYTES) return false;
  const argv = [FLAG, ...execArgv, ...process.argv.slice(1)];
  // Since Node 22.15; the types are those of Node 20.
  const { execve } = process as { execve?: (file: string, argv: string[], env: object) => void };
  if (execve !== undefined) execve.call(process, execPath, [execPath, ...argv], env);
  void runAndWait(process, argv);
  return true;
}

/** For Node before 22.15, which cannot replace its own process. */
async function runAndWait(process: NodeJS.Process, argv: readonly string[]): Promise<void> {
  const [{ spawn }, { isatty }] = await Promise.all([
    import('node:child_process'),
    import('node:tty'),
  ]);
  const child = spawn(process.execPath, argv, { stdio: 'inherit' });
  // What is typed at a terminal, and its end, reaches both.
  const hasTerminal = isatty(0) || isatty(2);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  for (const name of ['SIGINT', 'SIGHUP'] as const) {
    process.on(name, () => hasTerminal || child.kill(name));
  }
  child.on('exit', (exitCode, signal) => {
    process.exitCode = exitCode ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  });
}
