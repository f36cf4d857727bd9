import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startGuarded } from '../../../src/transport/process/start-guarded.js';
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
  const child = startGuarded({
    program: '/bin/sh',
    arguments: ['-c', 'echo "$$ $0" >&2; exit 7', 'a b'],
    environment: environment(),
    folder,
  });
  expect(await child.exited).toEqual({ exitCode: 7, signal: null });
  expect(child.stderrTail()).toBe(`${child.pid} a b`);
  await child.close();
  await vi.waitFor(() => expect(left()).toEqual([]));
  expect(existsSync(folder)).toBe(true);
});

test('closing ends it, and its watcher goes home', async () => {
  const child = startGuarded({
    program: '/bin/sleep',
    arguments: ['60'],
    environment: environment(),
    folder,
  });
  await child.close();
  expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' });
  await vi.waitFor(() => expect(left()).toEqual([]));
});

test('it is gone soon after we are killed, and the folder with it', async () => {
  const guarded = join(folder, 'guarded');
  mkdirSync(guarded);
  const program = await bundleSource(
    `import { startGuarded } from './transport/process/start-guarded.js';
     startGuarded({ program: '/bin/sleep', arguments: ['60'], environment: process.env, folder: ${JSON.stringify(guarded)} });
     console.log('up');`,
    folder,
  );
  const us = spawn(process.execPath, [program], {
    env: environment() as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(createInterface(us.stdout), 'line');
  await vi.waitFor(() => expect(left().map(({ argv }) => argv[0])).toContain('/bin/sleep'));
  us.kill('SIGKILL');
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 3_000 });
  expect(existsSync(guarded)).toBe(false);
});
