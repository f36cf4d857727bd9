import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { loginOf, makeFolder, openStore } from './test-store.js';

let parent: string;
let folder: string;
let store: Store;

beforeEach(() => {
  parent = makeFolder();
  folder = join(parent, 'a', 'b');
  store = openStore(folder);
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string) => `0${(statSync(path).mode & 0o777).toString(8)}`;
const stepOver = <T>(promise: Promise<T>) => promise.catch((error: unknown) => error);

describe.skipIf(process.platform === 'win32')('what lies on disk', () => {
  it('is not created by reading, nor by taking away what is not there', async () => {
    await store.settings.read();
    await store.credentials.list();
    await store.credentials.load('default');
    await store.credentials.remove('default');
    await store.credentials.removeAll();
    const replaced = store.credentials.replaceDead(
      'default',
      loginOf('t').token,
      async () => loginOf('n'),
      {
        patienceMs: 1000,
        signal: new AbortController().signal,
        onUnsaved: () => {},
      },
    );
    expect(await stepOver(replaced)).toMatchObject({ code: 'auth.required' });
    await store.settings.write('lang', undefined);
    expect(existsSync(join(parent, 'a'))).toBe(false);
  });

  it('is 0600 in a 0700 folder under any umask', async () => {
    const old = process.umask(0);
    try {
      await store.credentials.save('default', loginOf('t'));
      await store.settings.write('lang', 'zh');
    } finally {
      process.umask(old);
    }
    const paths = [store.credentials.path, store.settings.path, folder, join(parent, 'a')];
    expect(paths.map(modeOf)).toEqual(['0600', '0600', '0700', '0700']);
  });

  it('is shut again when it was opened to others', async () => {
    await store.credentials.save('default', loginOf('t'));
    chmodSync(folder, 0o755);
    chmodSync(store.credentials.path, 0o644);
    await store.credentials.load('default');
    expect([folder, store.credentials.path].map(modeOf)).toEqual(['0700', '0600']);
  });

  it('is shut again beside the locks of programs that were killed', async () => {
    await store.credentials.save('default', loginOf('t'));
    const locks = ['lock', 'lock.2.x', 'renewal-0123456789abcdef', 'renewal-0123456789abcdef.1.x'];
    for (const name of locks) mkdirSync(join(folder, name));
    chmodSync(folder, 0o755);
    expect(await store.credentials.list()).toEqual(['default']);
    expect(modeOf(folder)).toBe('0700');
  });

  it('is not used in an open folder that holds other things too', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'thesis.tex'), '');
    chmodSync(folder, 0o755);
    expect(await stepOver(store.credentials.save('default', loginOf('t')))).toMatchObject({
      code: 'store.unsafe',
      details: { path: folder, problem: 'mode 0755' },
    });
    expect(modeOf(folder)).toBe('0755');
  });

  it('is not used when somebody else owns it', async () => {
    await store.credentials.save('default', loginOf('t'));
    const other = openStore(folder, { userId: (process.geteuid?.() ?? 0) + 1 });
    expect(await stepOver(other.credentials.load('default'))).toMatchObject({
      code: 'store.unsafe',
      details: { path: folder, problem: `uid ${process.geteuid?.()}` },
    });
  });

  it('is not used when the folder is a symlink or a file', async () => {
    const elsewhere = join(parent, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    symlinkSync(elsewhere, join(parent, 'link'));
    writeFileSync(join(parent, 'file'), '');
    for (const [name, problem] of [
      ['link', 'symlink'],
      ['file', 'file'],
    ] as const) {
      const { credentials } = openStore(join(parent, name));
      const expected = { code: 'store.unsafe', details: { problem } };
      expect(await stepOver(credentials.save('default', loginOf('t')))).toMatchObject(expected);
    }
  });

  it.each<[string, (path: string, target: string) => unknown]>([
    ['symlink', (path, target) => symlinkSync(target, path)],
    ['directory', (path) => mkdirSync(path)],
    ['fifo', (path) => execFileSync('mkfifo', [path])],
  ])('is neither read nor written through a %s', async (problem, plant) => {
    const target = join(parent, 'target');
    writeFileSync(target, '{"profiles":{}}', { mode: 0o600 });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    plant(store.credentials.path, target);
    const expected = { code: 'store.unsafe', details: { path: store.credentials.path, problem } };
    expect(await stepOver(store.credentials.load('default'))).toMatchObject(expected);
    expect(await stepOver(store.credentials.save('a', loginOf('t')))).toMatchObject(expected);
    expect(readFileSync(target, 'utf8')).toBe('{"profiles":{}}');
  });

  it('names the reason when the folder cannot be made', async () => {
    writeFileSync(join(parent, 'a'), '');
    const failure = await stepOver(store.credentials.save('default', loginOf('t')));
    expect(failure).toMatchObject({ code: 'store.unusable', details: { reason: 'ENOTDIR' } });
  });
});
