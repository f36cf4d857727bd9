import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeskError } from '../../src/errors/desk-error.js';
import {
  createPrivateFile,
  type PrivateFile,
  toStoreFailure,
} from '../../src/store/private-file.js';
import { createLockHost } from '../../src/store/process-identity.js';
import { letFail, replaceCall } from './replace-call.js';
import { machineOf, makeFolder, UNLIMITED } from './test-store.js';

const MIB = 1024 * 1024;

let parent: string;
let folder: string;
let file: PrivateFile;
let undo: (() => void) | undefined;

beforeEach(() => {
  parent = makeFolder();
  folder = join(parent, 'ours');
  undo = undefined;
  const host = createLockHost(machineOf());
  const userId = process.geteuid?.();
  file = createPrivateFile({ folder, name: 'settings', userId, host, limits: UNLIMITED });
});
afterEach(() => {
  undo?.();
  rmSync(parent, { recursive: true, force: true });
});

const plant = (text: string) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file.path, text, { mode: 0o600 });
};
const failure = (code: string, reason?: string) => ({
  code,
  details: reason === undefined ? { path: file.path } : { path: file.path, reason },
});

describe('a file of ours', () => {
  it('may be a mebibyte long and no longer', async () => {
    plant('{"lang":"zh"}'.padEnd(MIB));
    expect(await file.read()).toEqual({ lang: 'zh' });
    plant('{"lang":"zh"}'.padEnd(MIB + 1));
    await expect(file.read()).rejects.toMatchObject(failure('store.damaged'));
  });

  it('is made when something is put into it, and gives its lock back', async () => {
    await file.change((content) => ({ ...content, lang: 'zh' }));
    await file.change((content) => ({ ...content, route: 'ssh' }));
    expect(await file.read()).toEqual({ lang: 'zh', route: 'ssh' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('stays as it is, to the byte, when an edit makes nothing of it', async () => {
    plant('{ "lang":"zh"}');
    await file.change(() => undefined);
    expect(readFileSync(file.path, 'utf8')).toBe('{ "lang":"zh"}');
  });

  it('is rid of what an interrupted write left by the next change, also one of nothing', async () => {
    plant('{}');
    writeFileSync(join(folder, 'settings.next.json'), 'SECRET');
    await file.change(() => undefined);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is not made when the edit fails', async () => {
    const edit = () => {
      throw new RangeError('no');
    };
    await expect(file.change(edit)).rejects.toThrow(RangeError);
    expect(existsSync(folder)).toBe(false);
  });

  it('is empty when it is removed right after the look at it', async () => {
    plant('{"lang":"zh"}');
    undo = replaceCall('lstatSync', (real) => (...args) => {
      const found = real(...args);
      if (args[0] === file.path) unlinkSync(file.path);
      return found;
    });
    expect(await file.read()).toEqual({});
    expect(existsSync(file.path)).toBe(false);
  });

  it('names the reason when the system lets nobody look', async () => {
    plant('{}');
    undo = letFail('lstatSync', ['EIO']);
    await expect(file.read()).rejects.toMatchObject(failure('store.unusable', 'EIO'));
  });

  it('names the reason when the disk lets nobody read', async () => {
    plant('{}');
    undo = letFail('readFileSync', ['EIO']);
    await expect(file.read()).rejects.toMatchObject(failure('store.unusable', 'EIO'));
  });
});

describe('removing a file of ours', () => {
  it('answers with what it held', async () => {
    plant('{"lang":"zh"}');
    expect(await file.remove()).toEqual({ lang: 'zh' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('answers that there was nothing where there is no file, or no folder, and makes none', async () => {
    expect(await file.remove()).toEqual({});
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder, { mode: 0o700 });
    expect(await file.remove()).toEqual({});
  });

  it('answers with nothing when it was damaged', async () => {
    plant('{"lang":');
    expect(await file.remove()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes without a lock on a disk that has no room for one', async () => {
    plant('{"lang":"zh"}');
    undo = letFail('mkdirSync', ['ENOSPC']);
    expect(await file.remove()).toEqual({ lang: 'zh' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('does not go without a lock for another reason', async () => {
    plant('{"lang":"zh"}');
    undo = letFail('mkdirSync', ['EROFS']);
    await expect(file.remove()).rejects.toMatchObject(failure('store.unusable', 'EROFS'));
    expect(await file.read()).toEqual({ lang: 'zh' });
  });

  it('names the reason when the system refuses, and the file is still there', async () => {
    plant('{"lang":"zh"}');
    undo = replaceCall('rmSync', (real) => (...args) => {
      if (args[0] !== file.path) return real(...args);
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
    });
    await expect(file.remove()).rejects.toMatchObject(failure('store.unusable', 'EPERM'));
    expect(await file.read()).toEqual({ lang: 'zh' });
  });
});

const path = '/f/credentials.json';
const errno = (code: string) => Object.assign(new Error(code), { code });

it.each(['ENOSPC', 'EDQUOT'])('calls %s a full disk', (code) => {
  const error = errno(code);
  expect(toStoreFailure(error, path)).toMatchObject({
    code: 'store.full',
    details: { path },
    cause: error,
  });
});

it.each(['EACCES', 'EROFS', 'EIO', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR'])(
  'gives %s as the reason',
  (code) => {
    const details = { path, reason: code };
    const error = errno(code);
    const expected = { code: 'store.unusable', details, cause: error };
    expect(toStoreFailure(error, path)).toMatchObject(expected);
  },
);

it('names the limit of open files and not the file where there are too many (EMFILE)', () => {
  const error = errno('EMFILE');
  const details = { limit: 'openFiles', reason: 'EMFILE' };
  const expected = { code: 'system.limit', details, cause: error };
  expect(toStoreFailure(error, path)).toMatchObject(expected);
});

it('does not carry on what JSON.parse quotes of the file', () => {
  const failure = toStoreFailure(new SyntaxError('Unexpected token in "SECRET'), path) as Error;
  expect(failure).toMatchObject({ code: 'store.damaged', details: { path } });
  expect(failure.cause).toBeUndefined();
});

it('leaves other errors alone', () => {
  const ours = new DeskError('store.locked', { path, pid: undefined });
  const bug = new TypeError('x is undefined');
  expect(toStoreFailure(ours, path)).toBe(ours);
  expect(toStoreFailure(bug, path)).toBe(bug);
});
