import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loginOf, makeFolder, openStore } from './test-store.js';

const run = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

function canMount(): boolean {
  const folder = makeFolder();
  const isMounted = run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'none', folder);
  if (isMounted) run('umount', folder);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}

// faults.test.ts tests the same with injected faults, without root.
describe.skipIf(process.platform !== 'linux' || !canMount())('on a disk of 32 kB', () => {
  const snap = process.env.SNAP;
  let folder: string;

  beforeAll(() => {
    folder = makeFolder();
  });
  beforeEach(() => {
    run('mount', '-t', 'tmpfs', '-o', 'size=32k,mode=0700', 'none', folder);
  });
  afterEach(() => {
    run('umount', folder);
    if (snap === undefined) delete process.env.SNAP;
    else process.env.SNAP = snap;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['', undefined],
    [' under snap, where conf does not write atomically,', '/snap/node/1'],
  ])('a login that does not fit%s leaves the previous one intact', async (_title, snapFolder) => {
    if (snapFolder !== undefined) process.env.SNAP = snapFolder;
    const { credentials } = openStore(folder);
    await credentials.save('default', loginOf('old'));
    // Only the beginning fits: a short write, which conf alone treats as a success.
    const big = { ...loginOf('new'), user: 'x'.repeat(40_000) };
    await expect(credentials.save('default', big)).rejects.toMatchObject({
      code: 'store.full',
      details: { path: credentials.path },
    });
    expect(await credentials.load('default')).toEqual(loginOf('old'));
    expect(readdirSync(folder)).toEqual(['credentials.json']);
  });

  it('one login can be removed when no space is left, and the others stay', async () => {
    const { credentials } = openStore(folder);
    await credentials.save('work', loginOf('old'));
    await credentials.save('home', loginOf('kept'));
    for (let index = 0; fill(join(folder, `lock.fill${index}`)); index++);
    expect(await credentials.remove('work')).toBe(true);
    expect(readFileSync(credentials.path, 'utf8')).not.toContain('old');
    expect(await credentials.list()).toEqual(['home']);
    expect(await credentials.load('home')).toEqual(loginOf('kept'));
    expect(await credentials.remove('work')).toBe(false);
    expect(await credentials.remove('home')).toBe(true);
    expect(await credentials.list()).toEqual([]);
  });

  it('all logins can be removed when no space is left', async () => {
    const { credentials } = openStore(folder);
    await credentials.save('default', loginOf('old'));
    for (let index = 0; fill(join(folder, `lock.fill${index}`)); index++);
    await expect(credentials.save('default', loginOf('new'))).rejects.toMatchObject({
      code: 'store.full',
    });
    expect(await credentials.load('default')).toEqual(loginOf('old'));
    expect(await replaceOld()).toEqual([loginOf('renewed'), 'store.full']);
    expect(await credentials.removeAll()).toEqual(['default']);
    expect(await credentials.list()).toEqual([]);
  });

  it('a dead login is replaced in memory on a read-only file system', async () => {
    const { credentials } = openStore(folder);
    await credentials.save('default', loginOf('old'));
    run('mount', '-o', 'remount,ro', folder);
    expect(await replaceOld()).toEqual([loginOf('renewed'), 'store.unusable']);
    expect(await credentials.load('default')).toEqual(loginOf('old'));
  });

  it('a folder that cannot be created on a read-only file system is reported', async () => {
    run('mount', '-o', 'remount,ro', folder);
    for (const path of [join(folder, 'new'), join(folder, 'new', 'newer')]) {
      await expect(openStore(path).credentials.save('a', loginOf('t'))).rejects.toMatchObject({
        code: 'store.unusable',
        details: { reason: 'EROFS' },
      });
    }
  });

  async function replaceOld() {
    let unsaved: string | undefined;
    const makeNew = async () => loginOf('renewed');
    const login = await openStore(folder).credentials.replaceDead(
      'default',
      loginOf('old').token,
      makeNew,
      {
        patienceMs: 10_000,
        signal: new AbortController().signal,
        onUnsaved: ({ code }) => {
          unsaved = code;
        },
      },
    );
    return [login, unsaved];
  }
});

function fill(path: string): boolean {
  try {
    writeFileSync(path, 'x'.repeat(4096));
    return true;
  } catch {
    return false;
  }
}
