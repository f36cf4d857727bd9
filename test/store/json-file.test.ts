import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJsonQuietly } from '../../src/store/json-file.js';
import { makeFolder } from './test-store.js';

const MIB = 1024 * 1024;
const US = process.geteuid?.();

let folder: string;
let file: string;

beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'settings.json');
  writeFileSync(file, '{"lang":"zh"}', { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const peek = (userId = US) => readJsonQuietly(folder, 'settings', userId);
const plant = (text: string) => writeFileSync(file, text);
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('readJsonQuietly', () => {
  it('returns the content', () => {
    expect(peek()?.entries).toEqual({ lang: 'zh' });
  });

  it.each<[string, () => void]>([
    ['is longer', () => plant('{"lang": "zh"}')],
    ['was written later', () => utimesSync(file, 1, 1)],
    [
      'is another file',
      () => {
        const { atime, mtime } = statSync(file);
        const other = join(folder, 'settings.next.json');
        writeFileSync(other, '{"lang":"en"}', { mode: 0o600 });
        utimesSync(other, atime, mtime);
        renameSync(other, file);
      },
    ],
  ])('returns another stamp only when the file %s', (_title, change) => {
    const { mtime } = statSync(file);
    utimesSync(file, mtime, mtime);
    const { stamp } = peek() ?? {};
    expect(peek()?.stamp).toBe(stamp);
    change();
    expect(peek()?.stamp).not.toBe(stamp);
  });

  it('accepts at most 1 MiB', () => {
    const text = '{"lang":"zh"}';
    plant(text.padEnd(MIB));
    expect(peek()?.entries).toEqual({ lang: 'zh' });
    plant(text.padEnd(MIB + 1));
    expect(peek()).toBeUndefined();
  });

  it.each<[string, () => void]>([
    ['does not exist', () => rmSync(file)],
    ['is in a missing folder', () => rmSync(folder, { recursive: true })],
    ['is not JSON', () => plant('{"lang":')],
    ['is empty', () => truncateSync(file)],
    ['is an array', () => plant('[]')],
    ['is null', () => plant('null')],
    ['is a string', () => plant('"zh"')],
    ['can be read by the group', () => chmodSync(file, 0o640)],
    ['can be read by others', () => chmodSync(file, 0o604)],
    ['is in a folder that others can enter', () => chmodSync(folder, 0o701)],
    [
      'is a link',
      () => {
        renameSync(file, join(folder, 'elsewhere'));
        symlinkSync('elsewhere', file);
      },
    ],
    [
      'is a folder',
      () => {
        rmSync(file);
        mkdirSync(file, { mode: 0o700 });
      },
    ],
  ])('returns undefined when the file %s', (_title, change) => {
    change();
    expect(peek()).toBeUndefined();
  });

  it.skipIf(US === undefined)('returns undefined for a file of another user', () => {
    expect(peek((US ?? 0) + 1)).toBeUndefined();
  });

  it('does not repair modes', () => {
    chmodSync(file, 0o644);
    chmodSync(folder, 0o755);
    peek();
    expect([modeOf(file), modeOf(folder)]).toEqual([0o644, 0o755]);
  });

  it('checks neither owner nor mode without user ids', () => {
    chmodSync(file, 0o644);
    expect(readJsonQuietly(folder, 'settings', undefined)?.entries).toEqual({ lang: 'zh' });
  });
});
