import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePrivateFolder } from '../../../src/transport/forward/private-folder.js';
import type { GuardedFolder } from '../../../src/transport/process/guarded-folder.js';

let runtimeFolder: string;
let folder: GuardedFolder;

beforeEach(() => {
  runtimeFolder = mkdtempSync(join(tmpdir(), 'hpc-desk-run-'));
});

afterEach(async () => {
  await folder.remove();
  rmSync(runtimeFolder, { recursive: true });
});

test('the folder is for this user only, and goes with what is in it', async () => {
  folder = await makePrivateFolder({ XDG_RUNTIME_DIR: runtimeFolder });
  expect(dirname(folder.path)).toBe(runtimeFolder);
  expect(statSync(folder.path).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder.path, 'file'), '');
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
  await folder.remove();
});

test('a runtime folder that others can enter is passed by', async () => {
  chmodSync(runtimeFolder, 0o755);
  folder = await makePrivateFolder({ XDG_RUNTIME_DIR: runtimeFolder });
  expect(dirname(folder.path)).toBe(tmpdir());
});

test.each([
  ['is missing', '/nowhere/at/all'],
  ['is a relative path', '.'],
  ['is empty', ''],
  ['is too long for a socket', `/tmp/${'x'.repeat(100)}`],
  ['is not set', undefined],
])('a runtime folder that %s is passed by', async (_title, path) => {
  folder = await makePrivateFolder({ XDG_RUNTIME_DIR: path });
  expect(dirname(folder.path)).toBe(tmpdir());
});
