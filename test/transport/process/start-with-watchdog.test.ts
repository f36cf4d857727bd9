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
import { allProcesses } from '../../helpers/processes-of.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-guarded-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Program and watcher alike carry the folder's name. */
const left = () => allProcesses().filter(({ environment }) => environment.includes(`IN=${folder}`));
const environment = () => ({ PATH: process.env.PATH, IN: folder });

test('the program is our child itself: its id, its words, its exit', async () => {
  const child = startWithWatchdog({
    program: '/bin/sh',
    arguments: ['-c', 'echo "$$ $0" >&2; exit 7', 'a b'],
    environment: environment(),
  });
  expect(await child.exited).toEqual({ exitCode: 7, signal: null });
  expect(child.stderrTail()).toBe(`${child.pid} a b`);
  await child.close();
  await expect.poll(() => left()).toEqual([]);
});

test('its streams are its own: bytes and ends pass as without a guard, and nothing more is open', async () => {
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
  // The end comes while the watcher still watches: it holds no end of this pipe.
  if (child.stdout === null) throw new Error('no stdout');
  expect((await buffer(child.stdout)).equals(bytes)).toBe(true);
  await child.exited;
  const unguarded = startProcess(options);
  unguarded.stdin?.end();
  await unguarded.exited;
  expect(child.stderrTail()).toBe(unguarded.stderrTail());
});

test('a program that is not there is told as the shell tells it', async () => {
  const child = startWithWatchdog({
    program: '/nowhere/ssh',
    arguments: [],
    environment: environment(),
  });
  expect((await child.exited).exitCode).toBe(127);
  expect(child.stderrTail()).toContain('/nowhere/ssh');
  await expect.poll(() => left()).toEqual([]);
});

test('closing ends it, and its watcher goes home', async () => {
  const child = startWithWatchdog({
    program: '/bin/sleep',
    arguments: ['600'],
    environment: environment(),
  });
  await child.close();
  expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  await expect.poll(() => left()).toEqual([]);
});

test.each([[[]], [['SIGINT', 'SIGTERM', 'SIGHUP'] as const]])(
  'it is gone soon after we are killed, whatever its watcher was told before: %j',
  async (signals) => {
    const program = await bundleSource(
      `import { startWithWatchdog } from './transport/process/start-with-watchdog.js';
       startWithWatchdog({ program: '/bin/sleep', arguments: ['600'], environment: process.env });
       console.log('up');`,
      folder,
    );
    const us = spawn(process.execPath, [program], {
      env: environment() as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface(us.stdout), 'line');
    const names = () => left().map(({ argv }) => argv[0]);
    await expect.poll(() => names()).toContain('/bin/sleep');
    await expect.poll(() => names()).toContain('/bin/sh');
    const watcher = left().find(({ argv }) => argv[0] === '/bin/sh');
    for (const signal of signals) process.kill(watcher?.pid ?? 0, signal);
    us.kill('SIGKILL');
    await expect.poll(() => left()).toEqual([]);
  },
);
