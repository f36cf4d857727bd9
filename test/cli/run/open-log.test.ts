import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openLog } from '../../../src/cli/run/open-log.js';

const folder = mkdtempSync(join(tmpdir(), 'hpc-desk-log-'));
const path = join(folder, 'log');
const descriptor = openSync(path, 'a');
const log = openLog(descriptor, () => new Date('2026-11-25T04:00:00Z'));
afterAll(() => {
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

it('prefixes each line of a message with a timestamp', () => {
  log.write('error: no\nhint:  yes\n');
  expect(readFileSync(path, 'utf8')).toBe(
    '2026-11-25T04:00:00.000Z error: no\n2026-11-25T04:00:00.000Z hint:  yes\n',
  );
});

it('stays below 257 KiB and keeps the last line', () => {
  for (let count = 0; count < 5_000; count++) log.write(`${'x'.repeat(100)}${count}\n`);
  expect(statSync(path).size).toBeLessThan(257 * 1024);
  expect(readFileSync(path, 'utf8')).toMatch(/x4999\n$/);
});
