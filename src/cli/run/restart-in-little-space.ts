import { constants } from 'node:os';
import { readAddressSpaceBytes } from '../../transport/process/address-space.js';

const FLAG = '--disable-wasm-trap-handler';
/** V8 reserves 10 GiB of address space for WebAssembly (undici's HTTP parser), Node about 1 GiB. */
const NEEDED_BYTES = 12 * 1024 ** 3;

/**
 * Restarts the program under a limited address space (`ulimit -v`) with a flag that stops WebAssembly from reserving
 * memory. Node reads the flag only at start-up; newer versions do this themselves.
 *
 * @returns whether a child process runs the program and this one only waits for it.
 */
export function restartInLittleSpace(process: NodeJS.Process): boolean {
  const { env, execArgv, execPath } = process;
  const isSet = execArgv.includes(FLAG) || env.NODE_OPTIONS?.includes(FLAG);
  if (isSet || readAddressSpaceBytes() >= NEEDED_BYTES) return false;
  const argv = [FLAG, ...execArgv, ...process.argv.slice(1)];
  // Since Node 22.15; the types are of Node 20.
  const { execve } = process as { execve?: (file: string, argv: string[], env: object) => void };
  if (execve !== undefined) execve.call(process, execPath, [execPath, ...argv], env);
  void runAndWait(process, argv);
  return true;
}

/** For Node before 22.15, which lacks execve. */
async function runAndWait(process: NodeJS.Process, argv: readonly string[]): Promise<void> {
  const [{ spawn }, { isatty }] = await Promise.all([
    import('node:child_process'),
    import('node:tty'),
  ]);
  const child = spawn(process.execPath, argv, { stdio: 'inherit' });
  // The terminal sends its signals to both processes.
  const hasTerminal = isatty(0) || isatty(2);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  for (const name of ['SIGINT', 'SIGHUP'] as const) {
    process.on(name, () => hasTerminal || child.kill(name));
  }
  child.on('exit', (exitCode, signal) => {
    process.exitCode = exitCode ?? 128 + constants.signals[signal ?? 'SIGTERM'];
  });
}
