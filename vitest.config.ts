import { defineConfig } from 'vitest/config';

/** What a run costs can be told only when nothing else runs. */
const MEASURING = ['test/e2e/limits.test.ts'];

export default defineConfig({
  define: {
    HPC_DESK_VERSION: JSON.stringify('0.0.0-test'),
    // The sources stand deeper than the chunks that are built of them.
    HPC_DESK_PAGE_FOLDER: JSON.stringify('../../../dist/page/'),
  },
  test: {
    // More than there are processors: most of the time a test waits for a program.
    maxWorkers: 3,
    // Real programs start slowly on a shared machine; a test that hangs still fails.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: MEASURING },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: MEASURING,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
