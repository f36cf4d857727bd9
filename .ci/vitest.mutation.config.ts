import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

// The tests of the modules that are mutated, but for those of whole programs and processes: they would take days.
const include = [
  'test/model/**/*.test.ts',
  'test/view/{sanitize,redact}.test.ts',
  'test/store/**/*.test.ts',
  'test/properties/**/*.test.ts',
  'test/transport/rfb/**/*.test.ts',
  'test/transport/desktop/open-desktop.test.ts',
  'test/transport/bridge/{gate,tickets}.test.ts',
  'test/hostile/rfb.test.ts',
];

// Stryker runs tests in threads, which cannot change the umask, and its mutants do not reach other processes.
const exclude = ['test/store/{concurrency,faults,full-disk,renewing-processes,umask}.test.ts'];

const { projects: _, ...test } = base.test ?? {};

export default defineConfig({
  ...base,
  // The first run counts what every test reaches, which takes longer; mutants that hang have a limit of their own.
  test: { ...test, include, exclude, testTimeout: 120_000 },
});
