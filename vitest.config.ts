import { defineConfig } from 'vitest/config';

const isDeep = Boolean(process.env.HPC_DESK_TEST_DEEP);

/** Suites that only repeat until something piles up: `npm run test:deep`. */
const DEEP_ONLY = ['test/soak/**'];

/** Folders whose tests leave their process as it was: their files share one, which saves a start of Node for each. */
const SHARING_FOLDERS =
  'cli,commands,completions,domain,errors,i18n,model,platform,properties,sandbox,view,web';
const SHARING = [`test/{${SHARING_FOLDERS}}/**/*.test.ts`, 'test/*.test.ts'];

export default defineConfig({
  define: {
    HPC_DESK_VERSION: JSON.stringify('0.0.0-test'),
    // The sources are in deeper folders than the chunks that are built from them.
    HPC_DESK_PAGE_FOLDER: JSON.stringify('../../../dist/page/'),
  },
  test: {
    // More than there are processors: most of the time a test waits for a program.
    maxWorkers: 4,
    // No test measures time. These limits only end a test that hangs, also on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
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
