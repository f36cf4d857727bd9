import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const CONFIG = readFileSync(join(import.meta.dirname, '../vitest.config.ts'), 'utf8');
const FOLDERS = /const SHARING_FOLDERS =\s*'([\w,]+)'/.exec(CONFIG)?.[1]?.split(',') ?? [];
/** Changes that would affect the next test file in the same process. */
const LASTING =
  /process\.(chdir|umask\(\w|exitCode =|env\.\w+ = )|vi\.stub|vi\.useFakeTimers|prototype\.\w+ = /;

it('tests that share a process do not change its global state', () => {
  expect(FOLDERS).toContain('domain');
  const files = FOLDERS.flatMap((name) => {
    const folder = join(import.meta.dirname, name);
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name));
  });
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => LASTING.test(readFileSync(file, 'utf8')))).toEqual([]);
});
