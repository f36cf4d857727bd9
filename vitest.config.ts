import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: {
    HPC_DESK_VERSION: JSON.stringify('0.0.0-test'),
    // The sources stand deeper than the chunks that are built of them.
    HPC_DESK_PAGE_FOLDER: JSON.stringify('../../../dist/page/'),
  },
  test: {
    include: ['test/**/*.test.ts'],
    // More than there are processors: most of the time a test waits for a program.
    maxWorkers: 3,
    // Real programs start slowly on a shared machine; a test that hangs still fails.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
