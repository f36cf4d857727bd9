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

describe('a private file', () => {
  it('may have at most 1 MiB', async () => {
    plant('{"lang":"zh"}'.padEnd(MIB));
    expect(await file.read()).toEqual({ lang: 'zh' });
    plant('{"lang":"zh"}'.padEnd(MIB + 1));
    await expect(file.read()).rejects.toMatchObject(failure('store.damaged'));
  });

  it('is created by a change, which releases its lock', async () => {
    await file.change((content) => ({ ...content, lang: 'zh' }));
    await file.change((content) => ({ ...content, route: 'ssh' }));
    expect(await file.read()).toEqual({ lang: 'zh', route: 'ssh' });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is unchanged, byte for byte, when an edit returns undefined', async () => {
    plant('{ "lang":"zh"}');
    await file.change(() => undefined);
    expect(readFileSync(file.path, 'utf8')).toBe('{ "lang":"zh"}');
  });

  it('has the remains of an interrupted write removed by the next change, even an empty one', async () => {
    plant('{}');
    writeFileSync(join(folder, 'settings.next.json'), 'SECRET');
    await file.change(() => undefined);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is not created when the edit fails', async () => {
    const edit = () => {
      throw new RangeError('no');
    };
    await expect(file.change(edit)).rejects.toThrow(RangeError);
    expect(existsSync(folder)).toBe(false);
  });

  it('is empty when it is removed between lstat and read', async () => {
    plant('{"lang":"zh"}');
    undo = replaceCall('lstatSync', (real) => (...args) => {
      const found = real(...args);
      if (args[0] === file.path) unlinkSync(file.path);
      return found;
    });
    expect(await file.read()).toEqual({});
    expect(existsSync(file.path)).toBe(false);
  });

  it('reports the errno when lstat fails', async () => {
    plant('{}');
    undo = letFail('lstatSync', ['EIO']);
    await expect(file.read()).rejects.toMatchObject(failure('store.unusable', 'EIO'));
  });

  it('reports the errno when reading fails', async () => {
    plant('{}');
    undo = letFail('readFileSync', ['EIO']);
    await expect(file.read()).rejects.toMatchObject(failure('store.unusable', 'EIO'));
  });
});

describe('removing a private file', () => {
  it('returns its content', async () => {
    plant('{"lang":"zh"}');
    expect(await file.remove()).toEqual({ lang: 'zh' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('returns an empty object without a file or a folder, and creates neither', async () => {
    expect(await file.remove()).toEqual({});
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder, { mode: 0o700 });
    expect(await file.remove()).toEqual({});
  });

  it('returns undefined when it was damaged', async () => {
    plant('{"lang":');
    expect(await file.remove()).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('works without a lock on a full disk', async () => {
    plant('{"lang":"zh"}');
    undo = letFail('mkdirSync', ['ENOSPC']);
    expect(await file.remove()).toEqual({ lang: 'zh' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails when the lock cannot be created for another reason', async () => {
    plant('{"lang":"zh"}');
    undo = letFail('mkdirSync', ['EROFS']);
    await expect(file.remove()).rejects.toMatchObject(failure('store.unusable', 'EROFS'));
    expect(await file.read()).toEqual({ lang: 'zh' });
  });

  it('reports the errno when removing fails, and the file is still there', async () => {
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

it.each(['ENOSPC', 'EDQUOT'])('reports %s as a full disk', (code) => {
  const error = errno(code);
  expect(toStoreFailure(error, path)).toMatchObject({
    code: 'store.full',
    details: { path },
    cause: error,
  });
});

it.each(['EACCES', 'EROFS', 'EIO', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR'])(
  'reports %s as the reason',
  (code) => {
    const details = { path, reason: code };
    const error = errno(code);
    const expected = { code: 'store.unusable', details, cause: error };
    expect(toStoreFailure(error, path)).toMatchObject(expected);
  },
);

it('reports EMFILE as the limit of open files, not as a problem of the file', () => {
  const error = errno('EMFILE');
  const details = { limit: 'openFiles', reason: 'EMFILE' };
  const expected = { code: 'system.limit', details, cause: error };
  expect(toStoreFailure(error, path)).toMatchObject(expected);
});

it('drops the message of JSON.parse, which quotes the file', () => {
  const failure = toStoreFailure(new SyntaxError('Unexpected token in "SECRET'), path) as Error;
  expect(failure).toMatchObject({ code: 'store.damaged', details: { path } });
  expect(failure.cause).toBeUndefined();
});

it('returns other errors unchanged', () => {
  const ours = new DeskError('store.locked', { path, pid: undefined });
  const bug = new TypeError('x is undefined');
  expect(toStoreFailure(ours, path)).toBe(ours);
  expect(toStoreFailure(bug, path)).toBe(bug);
});
