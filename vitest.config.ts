import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Rooms whose tests leave their process as it was: a file costs its tests, and not one more start of Node. */
const ROOMS = 'cli,commands,completions,domain,errors,i18n,model,platform,sandbox,view,web';
const SHARING = [`test/{${ROOMS}}/**/*.test.ts`, 'test/*.test.ts'];

/** What takes longest, in the order of its beginning, so that nobody is alone at the end. */
const LONG = [
  'soak/soak',
  'e2e/web-access',
  'hostile/secrets/no-leak',
  'store/concurrency',
  'torture/torture',
  'e2e/tunnel-life',
  'e2e/web-firefox',
  'hostile/injection/output',
  'hostile/lifecycle/signals',
  'e2e/web-page',
  'hostile/lifecycle/ssh-config',
  'properties/properties',
  'hostile/bridge',
];

/** Knows on a clean machine too, where no run before has left its times, what to begin with. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = LONG.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`));
      return index < 0 ? LONG.length : index;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  define: {
    HPC_DESK_VERSION: JSON.stringify('0.0.0-test'),
    // The sources stand deeper than the chunks that are built of them.
    HPC_DESK_PAGE_FOLDER: JSON.stringify('../../../dist/page/'),
  },
  test: {
    // More than there are processors: most of the time a test waits for a program.
    maxWorkers: 4,
    // Real programs start slowly on a shared machine; a test that hangs still fails.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'own process',
          include: ['test/**/*.test.ts'],
          exclude: SHARING,
        },
      },
      {
        extends: true,
        test: { name: 'shared process', include: SHARING, isolate: false },
      },
    ],
  },
});
