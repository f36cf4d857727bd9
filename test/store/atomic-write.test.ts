import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  commitFile,
  loadConf,
  type OpenConf,
  type Replacement,
  serialize,
  sweepStaged,
  writeAtomic,
} from '../../src/store/atomic-write.js';
import type { Entries } from '../../src/store/json-file.js';
import { letFail, replaceCall } from './replace-call.js';
import { makeFolder } from './test-store.js';

const NEW = { lang: 'zh' };

let folder: string;
let path: string;
let sleeps: number[];
let undo: (() => void) | undefined;

beforeEach(() => {
  folder = makeFolder();
  path = join(folder, 'settings.json');
  sleeps = [];
  undo = undefined;
  writeFileSync(path, 'old');
});
afterEach(() => {
  undo?.();
  rmSync(folder, { recursive: true, force: true });
});

const replace = async (change: Partial<Replacement> = {}) =>
  commitFile({
    openConf: await loadConf(),
    folder,
    name: 'settings',
    entries: NEW,
    lock: join(folder, 'lock'),
    isHeld: () => true,
    sleep: async (ms) => {
      sleeps.push(ms);
    },
    ...change,
  });
const content = () => [readdirSync(folder), readFileSync(path, 'utf8')];
const OLD = [['settings.json'], 'old'];
const REPLACED = [['settings.json'], serialize(NEW)];

describe('replacing a file', () => {
  it('replaces the old content with indented JSON', async () => {
    await replace();
    expect(content()).toEqual(REPLACED);
    expect(serialize(NEW)).toBe('{\n  "lang": "zh"\n}\n');
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'waits while a reader has the file open, as on Windows: %s',
    async (code) => {
      undo = letFail('renameSync', [code, code, code]);
      await replace();
      expect(content()).toEqual(REPLACED);
      expect(sleeps).toEqual([25, 25, 25]);
    },
  );

  it('gives up after 1 s and keeps the old content', async () => {
    undo = letFail('renameSync', Array(1000).fill('EBUSY'));
    await expect(replace()).rejects.toMatchObject({ code: 'EBUSY' });
    expect(content()).toEqual(OLD);
    expect(sleeps).toEqual(Array(40).fill(25));
  });

  it('does not retry after other errors', async () => {
    undo = letFail('renameSync', ['EXDEV', 'EXDEV']);
    await expect(replace()).rejects.toMatchObject({ code: 'EXDEV' });
    expect(content()).toEqual(OLD);
    expect(sleeps).toEqual([]);
  });

  it('fails when the lock was lost meanwhile, and keeps the old content', async () => {
    const details = { path: join(folder, 'lock') };
    await expect(replace({ isHeld: () => false })).rejects.toMatchObject({
      code: 'store.locked',
      details,
    });
    expect(content()).toEqual(OLD);
  });

  it('fails after a short write, and keeps the old content', async () => {
    const openConf: OpenConf = (into, name) => ({
      set store(_: Entries) {
        writeFileSync(join(into, `${name}.json`), '{\n');
      },
    });
    const failure = replace({ openConf });
    await expect(failure).rejects.toMatchObject({ code: 'store.full', details: { path } });
    expect(content()).toEqual(OLD);
  });

  it('fails when fsync fails, and keeps the old content', async () => {
    // conf also syncs, by another function.
    undo = letFail('fsyncSync', ['EIO']);
    await expect(replace()).rejects.toMatchObject({ code: 'EIO' });
    expect(content()).toEqual(OLD);
  });

  it('succeeds where a directory cannot be synced', async () => {
    let calls = 0;
    undo = replaceCall('fsyncSync', (real) => (...args) => {
      calls += 1;
      if (calls === 1) return real(...args);
      throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
    });
    await replace();
    expect([calls, content()]).toEqual([2, REPLACED]);
  });

  it.skipIf(process.platform !== 'linux')(
    'leaves no file descriptor open, even after failures',
    async () => {
      await replace();
      const before = readdirSync('/proc/self/fd').length;
      undo = letFail('fsyncSync', ['EIO', 'EIO', 'EIO', 'EIO', 'EIO', 'EIO', 'EIO', 'EIO']);
      for (let count = 0; count < 8; count++) await replace().catch(() => {});
      undo();
      for (let count = 0; count < 8; count++) await replace();
      expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 8);
    },
  );
});

it('sweepStaged removes only the remains of an interrupted write', () => {
  mkdirSync(join(folder, 'lock'));
  for (const name of ['settings.next.json', 'settings.next.json.tmp-1', 'credentials.next.json'])
    writeFileSync(join(folder, name), '');
  sweepStaged(folder, 'settings');
  expect(readdirSync(folder).toSorted()).toEqual([
    'credentials.next.json',
    'lock',
    'settings.json',
  ]);
});

describe('writeAtomic', () => {
  let folder: string;
  let path: string;
  let staged: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hpc-desk-replace-'));
    path = join(folder, 'file');
    staged = `${path}.hpc-desk`;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const text = () => readFileSync(path, 'utf8');

  it.each([
    ['a missing file', () => {}],
    ['a file', () => writeFileSync(path, 'old, and longer')],
    ['the remains of an interrupted run', () => writeFileSync(staged, 'half')],
  ])('replaces %s', (_, prepare) => {
    prepare();
    writeAtomic(path, 'new');
    expect(text()).toBe('new');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('does not write through a symlink', () => {
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, staged);
    writeAtomic(path, 'new');
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(text()).toBe('new');
  });

  it('keeps the old file after a failure, and removes the temporary one', () => {
    mkdirSync(path);
    writeFileSync(join(path, 'old'), '');
    expect(() => writeAtomic(path, 'new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readdirSync(path)).toEqual(['old']);
  });
});
