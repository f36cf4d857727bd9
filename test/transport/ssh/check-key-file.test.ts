import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkKeyFile } from '../../../src/transport/ssh/check-key-file.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-key-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function keyWith(mode: number): string {
  const path = join(folder, `key-${mode.toString(8)}`);
  writeFileSync(path, 'secret');
  chmodSync(path, mode);
  return path;
}

it.each([
  [0o600, false],
  [0o400, false],
  [0o640, true],
  [0o604, true],
  [0o644, true],
])('a key with mode %o is open to others: %s', async (mode, isOpenToOthers) => {
  const path = keyWith(mode);
  expect(await checkKeyFile(path)).toEqual({ path, isOpenToOthers });
});

it('a relative path is made absolute, because printed commands may be run in another folder', async () => {
  const path = keyWith(0o600);
  expect(await checkKeyFile(relative('.', path))).toMatchObject({ path });
});

const EXPANDED = ['key-%h', 'key-$' + '{HOME}'];

it.each(['missing', '', 'folder', ...EXPANDED])('%j is rejected', async (name) => {
  mkdirSync(join(folder, 'folder'), { recursive: true });
  for (const file of EXPANDED) writeFileSync(join(folder, file), '');
  await expect(checkKeyFile(join(folder, name))).rejects.toMatchObject({
    code: 'usage.invalidValue',
    details: { name: '--identity', value: join(folder, name) },
  });
});
