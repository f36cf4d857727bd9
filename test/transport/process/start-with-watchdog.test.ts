import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProcess } from '../../../src/transport/process/start-process.js';
import { startWithWatchdog } from '../../../src/transport/process/start-with-watchdog.js';
import { bundleSource } from '../../helpers/bundle-source.js';
import { eventually } from '../../helpers/eventually.js';
import { allProcesses } from '../../helpers/processes-of.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-watchdog-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The program and its watchdog. */
const left = () => allProcesses().filter(({ environment }) => environment.includes(`IN=${folder}`));
/** Once the program has started; before that, its shell looks the same. */
function findWatchdog() {
  const found = left();
  const hasStarted = found.some(({ argv }) => argv[0] === '/bin/sleep');
  return hasStarted ? found.find(({ argv }) => argv[0] === '/bin/sh') : undefined;
}
const environment = () => ({ PATH: process.env.PATH, IN: folder });

test('the program is a child of this process, with its pid, arguments, stderr and exit code', async () => {
  const child = startWithWatchdog({
    program: '/bin/sh',
    arguments: ['-c', 'echo "$$ $0" >&2; exit 7', 'a b'],
    environment: environment(),
  });
  expect(await child.exited).toEqual({ exitCode: 7, signal: null });
  expect(child.stderrTail()).toBe(`${child.pid} a b`);
  expect(left()).toEqual([]);
  await child.close();
});

test('stdin and stdout work as without a watchdog, and no other descriptor is open', async () => {
  const options = {
    program: '/bin/sh',
    arguments: ['-c', 'cat; ls /proc/$$/fd >&2'],
    environment: environment(),
    stdin: 'pipe',
    stdout: 'pipe',
  } as const;
  const child = startWithWatchdog(options);
  const bytes = Buffer.alloc(300_000, 7);
  child.stdin?.end(bytes);
  // The watchdog is still running: it holds no end of this pipe.
  if (child.stdout === null) throw new Error('no stdout');
  expect((await buffer(child.stdout)).equals(bytes)).toBe(true);
  await child.exited;
  const plain = startProcess(options);
  plain.stdin?.end();
  await plain.exited;
  expect(child.stderrTail()).toBe(plain.stderrTail());
});

test('a missing program is reported by the shell', async () => {
  const child = startWithWatchdog({
    program: '/nowhere/ssh',
    arguments: [],
    environment: environment(),
  });
  expect((await child.exited).exitCode).toBe(127);
  expect(child.stderrTail()).toContain('/nowhere/ssh');
  expect(left()).toEqual([]);
});

test('a shell that cannot be started is reported like any program', async () => {
  const child = startWithWatchdog({
    program: '/bin/true',
    arguments: [],
    environment: environment(),
    cwd: '/nowhere',
  });
  expect(await child.exited).toEqual({ exitCode: null, signal: null });
  expect(child.stderrTail()).toContain('ENOENT');
  await child.close();
});

test('close terminates the program and its watchdog', async () => {
  const child = startWithWatchdog({
    program: '/bin/sleep',
    arguments: ['600'],
    environment: environment(),
  });
  await child.close();
  expect(left()).toEqual([]);
  expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
});

test('close does not wait forever for a stopped watchdog', async () => {
  const child = startWithWatchdog({
    program: '/bin/sleep',
    arguments: ['600'],
    environment: environment(),
  });
  const watchdog = await eventually(findWatchdog);
  process.kill(watchdog.pid, 'SIGSTOP');
  await child.close();
  expect(left()).toEqual([watchdog]);
  process.kill(watchdog.pid, 'SIGCONT');
  await expect.poll(() => left()).toEqual([]);
});

test.each([[[]], [['SIGINT', 'SIGTERM', 'SIGHUP'] as const]])(
  'the program ends after this process is killed, although its watchdog got %j',
  async (signals) => {
    const program = await bundleSource(
      `import { startWithWatchdog } from './transport/process/start-with-watchdog.js';
       startWithWatchdog({ program: '/bin/sleep', arguments: ['600'], environment: process.env });
       console.log('up');`,
      folder,
    );
    const parent = spawn(process.execPath, [program], {
      env: environment() as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface(parent.stdout), 'line');
    const watchdog = await eventually(findWatchdog);
    for (const signal of signals) process.kill(watchdog.pid, signal);
    parent.kill('SIGKILL');
    await expect.poll(() => left()).toEqual([]);
  },
);
