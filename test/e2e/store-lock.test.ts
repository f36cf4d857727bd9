import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { type DeskHome, openDeskHome } from '../helpers/open-desk-home.js';
import { loginOf, openStore } from '../store/test-store.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const WITH_DAMAGED_SETTINGS = ['logout', '--all'];

let user: DeskHome;
let lock: string;

/** A lock held by a process on another machine, so that its liveness cannot be checked. */
beforeEach(async () => {
  user = await openDeskHome();
  await openStore(user.configFolder).credentials.save('default', loginOf('mine'));
  lock = join(user.configFolder, 'lock');
  mkdirSync(lock, { mode: 0o700 });
  writeFileSync(join(lock, '1_1_ffff_somebody'), '');
});

afterEach(() => user?.close());

const isLoggedIn = async () =>
  (await readFile(join(user.configFolder, 'credentials.json'), 'utf8')).includes('mine');

const waiters = async () =>
  (await readdir(user.configFolder)).filter((name) => name.startsWith('lock.'));

describe('a command that waits for the store lock', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('exits on %s without changing the store', async (signal, exitCode) => {
    const running = user.launch(['logout']);
    await eventually(async () => (await waiters()).length === 1);
    running.kill(signal);
    expect(await running.ended).toMatchObject({ exitCode, stdout: '', stderr: '' });
    expect(await isLoggedIn()).toBe(true);
    expect(await waiters()).toEqual([]);
  });

  test.each([['logout'], ['config', 'set', 'lang', 'zh']])(
    'times out after --timeout and names the folder to delete: %s',
    async (...words) => {
      const result = await user.run([...words, '--timeout', '1s']);
      expect(result).toMatchObject({ exitCode: 9, stdout: '' });
      expect(result.stderr).toContain(lock);
      expect(result.stderr).toContain('delete that folder');
      expect(await isLoggedIn()).toBe(true);
    },
  );

  test('respects --timeout even if the settings file is invalid', async () => {
    writeFileSync(join(user.configFolder, 'settings.json'), '{', { mode: 0o600 });
    const words = [...WITH_DAMAGED_SETTINGS, '--timeout', '1s'];
    expect((await user.run(words)).exitCode).toBe(9);
    rmSync(lock, { recursive: true });
    expect((await user.run(words)).exitCode).toBe(0);
  });
});
