import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findProgram } from '../../../src/transport/process/find-program.js';

let folder: string;
let program: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-find-'));
  program = join(folder, 'desk-viewer');
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  writeFileSync(join(folder, 'plain-text'), 'not a program');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('a program is found in an absolute folder of PATH', () => {
  expect(findProgram('desk-viewer', { PATH: `/nowhere${delimiter}${folder}` })).toBe(program);
});

test('an absolute path is returned unchanged if it is executable', () => {
  expect(findProgram(program, {})).toBe(program);
  expect(findProgram(join(folder, 'plain-text'), {})).toBeUndefined();
});

test.each(['', '.', '..', './', 'bin'])(
  'PATH entry %j does not search the working directory',
  (entry) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(findProgram('desk-viewer', { PATH: entry })).toBeUndefined();
    } finally {
      process.chdir(before);
    }
  },
);

test.each(['./desk-viewer', 'x/../desk-viewer', '..\\desk-viewer'])(
  'the relative path %j is rejected',
  (name) => {
    expect(findProgram(name, { PATH: folder })).toBeUndefined();
  },
);

test('the name of PATH is case-insensitive, as on Windows', () => {
  expect(findProgram('desk-viewer', { Path: folder })).toBe(program);
});

test('without PATH nothing is found', () => {
  expect(findProgram('desk-viewer', {})).toBeUndefined();
});
