// Runs every suite in deep mode, measures coverage, runs mutation tests and writes the results to docs/reliability.md:
// `npm run test:deep`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describeCoverage, describeMutants, describeRun } from './describe-results.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const page = path.join(root, 'docs/reliability.md');
const GIB = 1024 ** 3;
const folder = await mkdtemp(path.join(tmpdir(), 'hpc-desk-deep-'));

try {
  const counts = [];
  const results = path.join(folder, 'results.json');
  const tests = await run(
    'vitest',
    [
      ...['run', '--disable-console-intercept'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    ],
    { HPC_DESK_TEST_DEEP: '1' },
    (line) => {
      const [, what, count] = /count \| (.+) \| (\d+)$/.exec(line) ?? [];
      if (what !== undefined) counts.push([what, Number(count)]);
    },
  );
  // A separate run: deep mode covers no additional lines, and coverage slows down tests that wait for programs.
  const coverage = await run('vitest', [
    ...['run', '--config', '.ci/vitest.coverage.config.ts', '--coverage'],
    // vitest empties this folder first.
    `--coverage.reportsDirectory=${path.join(folder, 'coverage')}`,
  ]);
  const mutants = await run('stryker', ['run', '.ci/stryker.config.json']);
  const report = await Promise.all([
    describeMachine(),
    describeFile(results, (run) => describeRun(run, counts)),
    describeFile(path.join(folder, 'coverage/coverage-summary.json'), (summary) =>
      describeCoverage(summary, root),
    ),
    describeFile(path.join(root, 'reports/mutation.json'), describeMutants),
  ]);
  await keep(report.join('\n\n'));
  process.exitCode = tests || coverage || mutants;
} finally {
  await rm(folder, { recursive: true, force: true });
  await rm(path.join(root, 'reports'), { recursive: true, force: true });
}

/** Runs one of the project's tools, prints its output and returns its exit code. */
async function run(tool, argv, environment = {}, onLine = () => {}) {
  const child = spawn(path.join(root, 'node_modules/.bin', tool), argv, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (line) => {
    console.log(line);
    onLine(line);
  });
  const [exitCode] = await once(child, 'close');
  return exitCode ?? 1;
}

function describeMachine() {
  const date = new Date().toISOString().slice(0, 10);
  const memory = `${Math.round(totalmem() / GIB)} GiB`;
  const seed =
    process.env.HPC_DESK_TEST_SEED ?? 'drawn anew by each suite and printed when it fails';
  return `Measured on ${date}: Node ${process.version}, ${cpus().length} processors, ${memory}. Seed: ${seed}.`;
}

/** A failed step does not discard the results of the others. */
async function describeFile(file, describe) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? `No ${path.basename(file)} was written.` : describe(JSON.parse(text));
}

/** Replaces the text between the two markers; the rest of the file is written by hand. */
async function keep(report) {
  const text = await readFile(page, 'utf8');
  const [start, end] = ['<!-- measured -->', '<!-- end of measured -->'];
  const before = text.slice(0, text.indexOf(start) + start.length);
  await writeFile(page, `${before}\n\n${report}\n\n${text.slice(text.indexOf(end))}`);
}
