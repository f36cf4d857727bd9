import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/transport/process/child-environment.js';
import {
  makePrivateFolder,
  type PrivateFolder,
} from '../../../src/transport/process/private-folder.js';
import { bundleSource } from '../../helpers/bundle-source.js';
import { eventually } from '../../helpers/eventually.js';
import { allProcesses } from '../../helpers/processes-of.js';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hpc-desk-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const watchdogs = () =>
  allProcesses().filter(
    ({ argv }) => argv[0] === '/bin/sh' && argv.at(-1)?.startsWith(`${parent}/`) === true,
  );

/** Whether a shell has set its trap: SIGHUP, SIGINT and SIGTERM in the SigIgn mask of proc_pid_status(5). */
function ignoresSignals(pid: number): boolean {
  const mask = /^SigIgn:\s*(\w+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number.parseInt(mask ?? '0', 16) & 0x4003) === 0x4003;
}

test('the folder has mode 0700; remove deletes its contents and stops the watchdog', async () => {
  const folder = await makePrivateFolder({ environment: { TMPDIR: parent } });
  expect(dirname(folder.path)).toBe(parent);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, 'file'), '');
  expect(watchdogs()).toHaveLength(1);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  expect(watchdogs()).toEqual([]);
  await folder.remove();
});

test('remove also ends a stopped watchdog', async () => {
  const folder = await makePrivateFolder({ environment: { TMPDIR: parent } });
  const { pid } = await eventually(() => watchdogs()[0]);
  process.kill(pid, 'SIGSTOP');
  await folder.remove();
  expect(watchdogs()).toEqual([]);
});

test.each([
  ['with the current PATH', process.env.PATH, []],
  [
    'also when its watchdog receives SIGINT, SIGTERM and SIGHUP',
    process.env.PATH,
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  ],
  ['also when PATH is invalid', '/nowhere', []],
  ['without running programs from the working directory', '.::rm', []],
] as const)('the folder is deleted after its process is killed, %s', async (_, PATH, signals) => {
  const program = await bundleSource(
    `import { writeFileSync } from 'node:fs';
     import { makePrivateFolder, type PrivateFolder } from './transport/process/private-folder.js';
     const { path } = await makePrivateFolder({ environment: { TMPDIR: ${JSON.stringify(parent)} } });
     writeFileSync(path + '/file', '');
     console.log(path);`,
    parent,
  );
  const canary = `#!/bin/sh\n: >${join(parent, 'canary')}\n`;
  for (const name of ['rm', 'sleep']) writeFileSync(join(parent, name), canary, { mode: 0o755 });
  const child = spawn(process.execPath, [program], {
    cwd: parent,
    env: { PATH, ENV: join(parent, 'rm') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [path] = await once(createInterface(child.stdout), 'line');
  const watchdog = await eventually(() => watchdogs().find(({ pid }) => ignoresSignals(pid)));
  for (const signal of signals) process.kill(watchdog.pid, signal);
  expect(existsSync(path)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(path)).toBe(false);
  await expect.poll(() => watchdogs()).toEqual([]);
  expect(existsSync(join(parent, 'canary'))).toBe(false);
});

describe('the parent folder', () => {
  let runtimeFolder: string;
  let folder: PrivateFolder | undefined;

  beforeEach(() => {
    runtimeFolder = join(parent, 'run');
    mkdirSync(runtimeFolder, { mode: 0o700 });
  });
  afterEach(() => folder?.remove());

  async function placeOf(environment: Environment, isForSocket: boolean): Promise<string> {
    folder = await makePrivateFolder({ environment, isForSocket });
    expect(statSync(folder.path).mode & 0o777).toBe(0o700);
    return dirname(folder.path);
  }

  test('is XDG_RUNTIME_DIR for a socket and TMPDIR otherwise', async () => {
    const environment = { TMPDIR: parent, XDG_RUNTIME_DIR: runtimeFolder };
    expect(await placeOf(environment, true)).toBe(runtimeFolder);
    await folder?.remove();
    expect(await placeOf(environment, false)).toBe(parent);
  });

  test('is not an XDG_RUNTIME_DIR that other users can enter', async () => {
    chmodSync(runtimeFolder, 0o755);
    const environment = { TMPDIR: parent, XDG_RUNTIME_DIR: runtimeFolder };
    expect(await placeOf(environment, true)).toBe(parent);
  });

  test.each([
    ['is missing', '/nowhere/at/all'],
    ['is a relative path', '.'],
    ['is empty', ''],
    ['is too long for a socket', `/tmp/${'x'.repeat(100)}`],
    ['is not set', undefined],
  ])('is not an XDG_RUNTIME_DIR that %s', async (_title, path) => {
    expect(await placeOf({ TMPDIR: parent, XDG_RUNTIME_DIR: path }, true)).toBe(parent);
  });

  test.each(['/nowhere/at/all', '/proc', 'relative'])(
    'is XDG_RUNTIME_DIR, or else /tmp, when TMPDIR is %s',
    async (TMPDIR) => {
      expect(await placeOf({ TMPDIR, XDG_RUNTIME_DIR: runtimeFolder }, false)).toBe(runtimeFolder);
      await folder?.remove();
      expect(await placeOf({ TMPDIR }, false)).toBe('/tmp');
      await folder?.remove();
      expect(await placeOf({ TMPDIR }, true)).toBe('/tmp');
    },
  );
});
