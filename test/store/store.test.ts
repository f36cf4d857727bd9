import { chmodSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inspectFolder } from '../../src/store/store.js';
import { replaceCall } from './replace-call.js';
import { loginOf, makeFolder, openStore } from './test-store.js';

let folder: string;

beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('reports a store that is intact', async () => {
  const store = openStore(folder);
  await store.credentials.save('default', loginOf('a.b.c'));
  expect(await inspectFolder(store)).toEqual({ path: folder, exists: true, isWritable: true });
});

it('creates nothing when there is no folder', async () => {
  const path = join(folder, 'not', 'there');
  expect(await inspectFolder(openStore(path))).toEqual({ path, exists: false, isWritable: true });
  expect(existsSync(path)).toBe(false);
});

it('reports a damaged login in a valid file', async () => {
  const store = openStore(folder);
  writeFileSync(store.credentials.path, '{"profiles":{"other":{"token":1}}}', { mode: 0o600 });
  await expect(inspectFolder(store)).rejects.toMatchObject({ code: 'store.damaged' });
});

it('reports a folder that is not writable, and one that cannot be created', async () => {
  const asked: unknown[] = [];
  const undo = replaceCall('accessSync', () => (...args) => {
    asked.push(args);
    throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  });
  const path = join(folder, 'not', 'there');
  const facts = [await inspectFolder(openStore(folder)), await inspectFolder(openStore(path))];
  undo();
  expect(facts).toMatchObject([
    { exists: true, isWritable: false },
    { exists: false, isWritable: false },
  ]);
  expect(asked).toEqual([
    [folder, constants.W_OK],
    [folder, constants.W_OK],
  ]);
});

// Root may write everywhere.
it.skipIf(process.geteuid?.() === 0)('reports a folder without write permission', async () => {
  chmodSync(folder, 0o500);
  expect(await inspectFolder(openStore(folder))).toMatchObject({ isWritable: false });
  chmodSync(folder, 0o700);
});
