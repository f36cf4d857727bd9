import {
  chmodSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShellFiles } from '../../src/store/shell-files.js';
import { readTree } from '../completions/home-tree.js';
import { makeFolder } from './test-store.js';

let home: string;
let rc: string;

beforeEach(() => {
  home = makeFolder();
  rc = join(home, '.bashrc');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const files = createShellFiles({ platform: 'linux', home: '/home/a' });
const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
const failed = (path: string, reason: string) =>
  expect.objectContaining({
    code: 'output.failed',
    details: { reason: `${path}: ${reason}` },
    cause: expect.objectContaining({ code: reason }),
  });

describe('shell files', () => {
  it('have the given platform and home folder', () => {
    expect(files).toMatchObject({ platform: 'linux', home: '/home/a' });
  });

  it('are read as bytes; a missing one is undefined', () => {
    writeFileSync(rc, Buffer.from([0x41, 0xff, 0]));
    expect(files.read(rc)).toEqual(Buffer.from([0x41, 0xff, 0]));
    expect(files.read(join(home, '.zshrc'))).toBeUndefined();
  });

  it('are overwritten completely, and missing folders are created', () => {
    const path = join(home, 'a', 'b', 'c.fish');
    expect(files.missingFolders(path)).toEqual([join(home, 'a'), join(home, 'a', 'b')]);
    files.write(path, Buffer.from('long before'));
    files.write(path, Buffer.from('short'));
    expect(readFileSync(path, 'utf8')).toBe('short');
    expect(files.missingFolders(path)).toEqual([]);
    expect(modeOf(path)).toMatch(/^6/);
    expect(Object.keys(readTree(home))).toHaveLength(3);
  });

  it.each(['600', '644', '777'])('keep their mode: %s', (mode) => {
    writeFileSync(rc, 'before');
    chmodSync(rc, Number.parseInt(mode, 8));
    files.write(rc, Buffer.from('after'));
    expect([readFileSync(rc, 'utf8'), modeOf(rc)]).toEqual(['after', mode]);
  });

  it('are written through symlinks, which are kept', () => {
    mkdirSync(join(home, 'dotfiles'));
    writeFileSync(join(home, 'dotfiles', 'bashrc'), 'before');
    symlinkSync('dotfiles/bashrc', rc);
    files.write(rc, Buffer.from('after'));
    expect(readlinkSync(rc)).toBe('dotfiles/bashrc');
    expect(readFileSync(join(home, 'dotfiles', 'bashrc'), 'utf8')).toBe('after');
  });

  it('are removed', () => {
    writeFileSync(rc, '');
    files.remove(rc);
    expect(files.read(rc)).toBeUndefined();
  });

  it('have their folder removed only if it is empty', () => {
    const folder = join(home, 'completions');
    mkdirSync(folder);
    writeFileSync(join(folder, 'theirs'), '');
    expect(files.removeEmptyFolder(folder)).toBe(false);
    rmSync(join(folder, 'theirs'));
    expect(files.removeEmptyFolder(folder)).toBe(true);
    expect(files.removeEmptyFolder(folder)).toBe(false);
  });

  it('report the path and the errno of a failure', () => {
    mkdirSync(rc);
    writeFileSync(join(rc, 'theirs'), '');
    const before = readTree(home);
    expect(() => files.read(rc)).toThrow(failed(rc, 'EISDIR'));
    expect(() => files.write(rc, Buffer.from('x'))).toThrow(failed(rc, 'EISDIR'));
    expect(() => files.remove(join(home, '.zshrc'))).toThrow(
      failed(join(home, '.zshrc'), 'ENOENT'),
    );
    const below = join(rc, 'theirs', 'x');
    expect(() => files.write(below, Buffer.from('x'))).toThrow(/output.failed/);
    expect(() => files.missingFolders(join(below, 'y'))).toThrow(
      failed(join(below, 'y'), 'ENOTDIR'),
    );
    expect(readTree(home)).toEqual(before);
  });
});
