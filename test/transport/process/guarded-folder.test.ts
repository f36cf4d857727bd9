import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeGuardedFolder } from '../../../src/transport/process/guarded-folder.js';
import { bundleSource } from '../../helpers/bundle-source.js';
import { allProcesses } from '../../helpers/processes-of.js';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hpc-desk-guarded-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const watchers = () =>
  allProcesses().filter(
    ({ argv }) => argv[0] === '/bin/sh' && argv.at(-1)?.startsWith(`${parent}/`) === true,
  );

/** Whether a shell has come to its trap: SIGHUP, SIGINT and SIGTERM in the mask of proc_pid_status(5). */
function ignoresSignals(pid: number): boolean {
  const mask = /^SigIgn:\s*(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number.parseInt(mask ?? '0', 16) & 0x4003) === 0x4003;
}

test('it is for this user only, and removing it takes all of it and the watcher', async () => {
  const folder = await makeGuardedFolder(parent);
  expect(dirname(folder.path)).toBe(parent);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, 'file'), '');
  expect(watchers()).toHaveLength(1);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  await vi.waitFor(() => expect(watchers()).toEqual([]));
  await folder.remove();
});

test.each([
  ['at once', process.env.PATH, []],
  [
    'also when its watcher was told the end of a terminal',
    process.env.PATH,
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  ],
  ['also where PATH leads nowhere', '/nowhere', []],
  ['and nothing in the working directory runs for it', '.::rm', []],
] as const)('when we are killed it goes with all that is in it, %s', async (_, PATH, signals) => {
  const program = await bundleSource(
    `import { writeFileSync } from 'node:fs';
     import { makeGuardedFolder } from './transport/process/guarded-folder.js';
     const { path } = await makeGuardedFolder(${JSON.stringify(parent)});
     writeFileSync(path + '/file', '');
     console.log(path);`,
    parent,
  );
  const canary = `#!/bin/sh\n: >${join(parent, 'canary')}\n`;
  for (const name of ['rm', 'sleep']) writeFileSync(join(parent, name), canary, { mode: 0o755 });
  const us = spawn(process.execPath, [program], {
    cwd: parent,
    env: { PATH, ENV: join(parent, 'rm') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [path] = await once(createInterface(us.stdout), 'line');
  const watcher = await vi.waitUntil(() => watchers().find(({ pid }) => ignoresSignals(pid)));
  for (const signal of signals) process.kill(watcher.pid, signal);
  expect(existsSync(path)).toBe(true);
  us.kill('SIGKILL');
  await vi.waitFor(() => expect(existsSync(path)).toBe(false), { timeout: 3_000 });
  await vi.waitFor(() => expect(watchers()).toEqual([]));
  expect(existsSync(join(parent, 'canary'))).toBe(false);
});
