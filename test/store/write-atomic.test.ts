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
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeAtomic } from '../../src/store/write-atomic.js';

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
  ['a file that is not there', () => {}],
  ['a file', () => writeFileSync(path, 'old, and longer')],
  ['what an interrupted run left', () => writeFileSync(staged, 'half')],
])('it takes the place of %s', (_, prepare) => {
  prepare();
  writeAtomic(path, 'new');
  expect(text()).toBe('new');
  expect(readdirSync(folder)).toEqual(['file']);
});

it('nothing is written through a link', () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'mine');
  symlinkSync(elsewhere, staged);
  writeAtomic(path, 'new');
  expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
  expect(text()).toBe('new');
});

it('after a failure the old file is there, and nothing beside it', () => {
  mkdirSync(path);
  writeFileSync(join(path, 'old'), '');
  expect(() => writeAtomic(path, 'new')).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
  expect(readdirSync(folder)).toEqual(['file']);
  expect(readdirSync(path)).toEqual(['old']);
});
