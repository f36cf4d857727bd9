import { defineConfig } from 'vitest/config';
import base from '../vitest.config.js';
import { GUARDED, LEAST_COVERED, LEAST_COVERED_OF_GUARDED } from './guarded.mjs';

// Tests that run `src` in their own process. Programs, browsers and threads that a test starts are not measured, so
// `src/main.ts` and most of `src/web` count as uncovered although e2e tests use them; no file is excluded.
const include = [
  'test/{cli,commands,completions,domain,errors,i18n,model,platform,sandbox,store,transport,view,web}/**/*.test.ts',
];

// These run built programs for a minute each, or measure memory, which coverage increases.
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
