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
  const folder = await makePrivateFolder({ environment: { TMPDIR: parent } });
  expect(dirname(folder.path)).toBe(parent);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, 'file'), '');
  expect(watchers()).toHaveLength(1);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  await expect.poll(() => watchers()).toEqual([]);
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
     import { makePrivateFolder, type PrivateFolder } from './transport/process/private-folder.js';
     const { path } = await makePrivateFolder({ environment: { TMPDIR: ${JSON.stringify(parent)} } });
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
  const watcher = await eventually(() => watchers().find(({ pid }) => ignoresSignals(pid)));
  for (const signal of signals) process.kill(watcher.pid, signal);
  expect(existsSync(path)).toBe(true);
  us.kill('SIGKILL');
  await expect.poll(() => existsSync(path)).toBe(false);
  await expect.poll(() => watchers()).toEqual([]);
  expect(existsSync(join(parent, 'canary'))).toBe(false);
});

describe('where it is made', () => {
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

  test('a socket stands in the runtime folder, a file in the temporary one', async () => {
    const environment = { TMPDIR: parent, XDG_RUNTIME_DIR: runtimeFolder };
    expect(await placeOf(environment, true)).toBe(runtimeFolder);
    await folder?.remove();
    expect(await placeOf(environment, false)).toBe(parent);
  });

  test('a runtime folder that others can enter is passed by', async () => {
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
  ])('a runtime folder that %s is passed by', async (_title, path) => {
    expect(await placeOf({ TMPDIR: parent, XDG_RUNTIME_DIR: path }, true)).toBe(parent);
  });

  test.each(['/nowhere/at/all', '/proc', 'relative'])(
    'where the temporary folder is %s, the runtime folder is used, or /tmp',
    async (TMPDIR) => {
      expect(await placeOf({ TMPDIR, XDG_RUNTIME_DIR: runtimeFolder }, false)).toBe(runtimeFolder);
      await folder?.remove();
      expect(await placeOf({ TMPDIR }, false)).toBe('/tmp');
      await folder?.remove();
      expect(await placeOf({ TMPDIR }, true)).toBe('/tmp');
    },
  );
});
