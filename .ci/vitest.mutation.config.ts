import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';

// The tests beside the modules that are mutated. Those of whole programs, of many peers and of random inputs would run for
// each mutant that a module makes when it is loaded, and take days.
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
  // The first run counts what every test reaches, which takes longer; mutants that hang have a limit of their own.
  test: { ...test, include, exclude, testTimeout: 120_000 },
});
