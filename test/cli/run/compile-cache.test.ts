import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPrivateFolder } from '../../../src/cli/run/compile-cache.js';

const userId = process.geteuid?.() ?? 0;
const OTHER_UID = 12345;
let home: string;
let folder: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'hpc-desk-compiled-')));
  folder = join(home, '.cache/hpc-desk/compiled');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function setUp(mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}

it('creates the folder and its parents with mode 0700', () => {
  expect(openPrivateFolder(folder, userId)).toBe(folder);
  for (const path of ['.cache', '.cache/hpc-desk', '.cache/hpc-desk/compiled']) {
    expect(statSync(join(home, path)).mode & 0o777).toBe(0o700);
  }
  expect(openPrivateFolder(folder, userId)).toBe(folder);
});

it.each([0o770, 0o720, 0o702, 0o750, 0o701])('rejects a folder with mode %o', (mode) => {
  setUp(mode);
  expect(openPrivateFolder(folder, userId)).toBeUndefined();
  expect(statSync(folder).mode & 0o777).toBe(mode);
});

it.each([0o770, 0o775, 0o707])(
  'rejects a folder below one with mode %o, where another user could replace it',
  (mode) => {
    setUp(0o700);
    chmodSync(join(home, '.cache'), mode);
    expect(openPrivateFolder(folder, userId)).toBeUndefined();
  },
);

it('follows a symbolic link of the user to a folder that is just as private', () => {
  const elsewhere = join(home, 'scratch');
  mkdirSync(elsewhere, { mode: 0o700 });
  symlinkSync(elsewhere, join(home, '.cache'));
  expect(openPrivateFolder(folder, userId)).toBe(join(elsewhere, 'hpc-desk/compiled'));
  chmodSync(elsewhere, 0o770);
  expect(openPrivateFolder(folder, userId)).toBeUndefined();
});

it('creates nothing below a folder of another user, as under sudo', () => {
  expect(openPrivateFolder(folder, userId + 1)).toBeUndefined();
  expect(existsSync(join(home, '.cache'))).toBe(false);
});

it.runIf(userId === 0)('rejects a folder owned by another user, or below one (needs root)', () => {
  setUp(0o700);
  chownSync(folder, OTHER_UID, OTHER_UID);
  expect(openPrivateFolder(folder, userId)).toBeUndefined();
  chownSync(folder, 0, 0);
  chownSync(join(home, '.cache'), OTHER_UID, OTHER_UID);
  expect(openPrivateFolder(folder, userId)).toBeUndefined();
});

it('uses no folder without user IDs, as on Windows', () => {
  expect(openPrivateFolder(folder, undefined)).toBeUndefined();
  expect(existsSync(join(home, '.cache'))).toBe(false);
});
