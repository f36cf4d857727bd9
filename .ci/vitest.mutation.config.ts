import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

// The unit tests of the mutated modules. Tests of whole programs, many peers and random inputs would run for every
// static mutant and take days.
const include = [
  'test/model/**/*.test.ts',
  'test/view/redact.test.ts',
  'test/store/**/*.test.ts',
  'test/transport/rfb/**/*.test.ts',
  'test/transport/bridge/{gate,tickets}.test.ts',
];

// Stryker runs tests in threads, which cannot change the umask, and its mutants do not reach other processes.
const exclude = ['test/store/{concurrency,faults,full-disk,renewing-processes,umask}.test.ts'];

const { projects: _, ...test } = base.test ?? {};

export default defineConfig({
  ...base,
  // The initial run measures the coverage of each test, which takes longer; hanging mutants have their own timeout.
  test: { ...test, include, exclude, testTimeout: 120_000 },
});
