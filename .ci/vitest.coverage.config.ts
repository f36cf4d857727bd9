import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';
import { GUARDED, LEAST_COVERED, LEAST_COVERED_OF_GUARDED } from './guarded.mjs';

// The tests that run `src` in their own process. What programs, browsers and threads do that a test starts is not seen,
// so `src/main.ts` and most of `src/web` count as never reached, though e2e tests use them: nothing is left out.
const include = [
  'test/{cli,commands,completions,domain,errors,i18n,model,platform,sandbox,store,transport,view,web}/**/*.test.ts',
];

// They start built programs for a minute each, or measure memory, of which counting lines takes some.
const exclude = [
  'test/completions/{installed,live-in-shells}.test.ts',
  'test/store/{concurrency,faults,renewing-processes}.test.ts',
  'test/transport/forward/forward-to-page.test.ts',
];

const guarded = GUARDED.map((place) => [
  place.endsWith('/') ? `src/${place}**` : `src/${place}`,
  LEAST_COVERED_OF_GUARDED,
]);
const { projects: _, ...test } = base.test ?? {};

export default defineConfig({
  ...base,
  test: {
    ...test,
    include,
    exclude,
    coverage: {
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportOnFailure: true,
      thresholds: { ...LEAST_COVERED, ...Object.fromEntries(guarded) },
    },
  },
});
