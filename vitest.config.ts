import { defineConfig } from 'vitest/config';

const isDeep = Boolean(process.env.HPC_DESK_TEST_DEEP);

/** Soak tests, which look for leaks: `npm run test:deep`. */
const DEEP_ONLY = ['test/soak/**'];

/** Tests without side effects on their process: these files share one, which saves a start of Node per file. */
const SHARING_FOLDERS =
  'cli,commands,completions,domain,errors,i18n,model,platform,properties,sandbox,view,web';
const SHARING = [`test/{${SHARING_FOLDERS}}/**/*.test.ts`, 'test/*.test.ts'];

export default defineConfig({
  define: {
    HPC_DESK_VERSION: JSON.stringify('0.0.0-test'),
    // Relative to the source file rather than to the bundle.
    HPC_DESK_PAGE_FOLDER: JSON.stringify('../../../dist/page/'),
  },
  test: {
    // More than the processors: tests mostly wait for child processes.
    maxWorkers: 4,
    // For tests that hang; generous, because the machine may be busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    // Real programs race on a busy machine. CI tries a failed test once more; elsewhere a race is seen at once.
    retry: process.env.CI === 'true' ? 1 : 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'own process',
          include: ['test/**/*.test.ts'],
          exclude: [...SHARING, ...(isDeep ? [] : DEEP_ONLY)],
        },
      },
      {
        extends: true,
        test: { name: 'shared process', include: SHARING, isolate: false },
      },
    ],
  },
});
