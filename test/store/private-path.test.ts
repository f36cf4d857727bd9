import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { replaceCall } from './replace-call.js';
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

describe.skipIf(process.platform === 'win32')('the store on disk', () => {
  it('consists of two files in the folder', async () => {
    await store.credentials.save('default', loginOf('t'));
    await store.settings.write('lang', 'zh');
    const [credentials, settings] = ['credentials.json', 'settings.json'];
    expect(readdirSync(folder).toSorted()).toEqual([credentials, settings]);
    expect(store).toMatchObject({
      folder,
      credentials: { path: join(folder, credentials) },
      settings: { path: join(folder, settings) },
    });
  });

  it('is not created by reading or by removing what does not exist', async () => {
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

  it('is made private again after a chmod', async () => {
    await store.credentials.save('default', loginOf('t'));
    chmodSync(folder, 0o755);
    chmodSync(store.credentials.path, 0o644);
    await store.credentials.load('default');
    expect([folder, store.credentials.path].map(modeOf)).toEqual(['0700', '0600']);
  });

  it('is rejected if another user owns it', async () => {
    await store.credentials.save('default', loginOf('t'));
    const other = openStore(folder, { userId: (process.geteuid?.() ?? 0) + 1 });
    expect(await stepOver(other.credentials.load('default'))).toMatchObject({
      code: 'store.unsafe',
      details: { path: folder, problem: `uid ${process.geteuid?.()}` },
    });
  });

  it('keeps its modes if it is private already', async () => {
    await store.credentials.save('default', loginOf('t'));
    chmodSync(store.credentials.path, 0o400);
    await store.credentials.load('default');
    expect([folder, store.credentials.path].map(modeOf)).toEqual(['0700', '0400']);
  });

  it('is not checked where there are no user ids', async () => {
    await store.credentials.save('default', loginOf('t'));
    chmodSync(folder, 0o755);
    chmodSync(store.credentials.path, 0o644);
    const { credentials } = openStore(folder, { userId: undefined });
    expect(await credentials.load('default')).toEqual(loginOf('t'));
    expect([folder, store.credentials.path].map(modeOf)).toEqual(['0755', '0644']);
  });

  it.each(['0740', '0704', '0720', '0701'])(
    'is rejected if chmod does not change the mode %s',
    async (mode) => {
      await store.credentials.save('default', loginOf('t'));
      chmodSync(folder, Number.parseInt(mode, 8));
      const undo = replaceCall('chmodSync', () => () => undefined);
      const failure = await stepOver(store.credentials.load('default'));
      undo();
      expect(failure).toMatchObject({
        code: 'store.unsafe',
        details: { path: folder, problem: `mode ${mode}`, remedy: 'remount' },
      });
    },
  );

  it.each([
    'lock',
    'lock.2.x',
    'renewal-0123456789abcdef',
    'renewal-0123456789abcdef.1.x',
    'settings.json',
    'settings.next.json',
    'completions.json',
    'update.json',
    'last-failed-run',
  ])('is made private again in a folder that also contains %s', async (name) => {
    await store.credentials.save('default', loginOf('t'));
    writeFileSync(join(folder, name), '{}', { mode: 0o600 });
    chmodSync(folder, 0o755);
    expect(await store.credentials.list()).toEqual(['default']);
    expect(modeOf(folder)).toBe('0700');
  });

  it.each([
    'thesis.tex',
    'my.lock',
    'locksmith',
    'settings-of-mine.json',
    'renewal-0123456789abcde',
    'renewal-0123456789abcdeg',
    'renewal-0123456789abcdef0',
    'renewal-',
  ])('is rejected in an accessible folder that also contains %s', async (name) => {
    await store.credentials.save('default', loginOf('t'));
    writeFileSync(join(folder, name), '');
    chmodSync(folder, 0o755);
    expect(await stepOver(store.credentials.load('default'))).toMatchObject({
      code: 'store.unsafe',
      details: { path: folder, problem: 'mode 0755', remedy: 'chmod' },
    });
    expect(modeOf(folder)).toBe('0755');
  });

  it('is rejected if the folder is a symlink or a file', async () => {
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
    ['special file', (path) => once(createServer().listen(path).unref(), 'listening')],
  ])('is neither read nor written through a %s', async (problem, plant) => {
    const target = join(parent, 'target');
    writeFileSync(target, '{"profiles":{}}', { mode: 0o600 });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await plant(store.credentials.path, target);
    const expected = { code: 'store.unsafe', details: { path: store.credentials.path, problem } };
    expect(await stepOver(store.credentials.load('default'))).toMatchObject(expected);
    expect(await stepOver(store.credentials.save('a', loginOf('t')))).toMatchObject(expected);
    expect(readFileSync(target, 'utf8')).toBe('{"profiles":{}}');
  });

  it('reports the errno if the folder cannot be created', async () => {
    writeFileSync(join(parent, 'a'), '');
    const failure = await stepOver(store.credentials.save('default', loginOf('t')));
    expect(failure).toMatchObject({ code: 'store.unusable', details: { reason: 'ENOTDIR' } });
  });
});
