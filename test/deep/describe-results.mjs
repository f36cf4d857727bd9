import path from 'node:path';
import { GUARDED } from '../../.ci/guarded.mjs';

/** @param results - vitest's JSON report. @param counts - Pairs of a description and a number. */
export function describeRun(results, counts) {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = results;
  // Files run in parallel.
  const startedAt = Math.min(...testResults.map(({ startTime }) => startTime));
  const endedAt = Math.max(...testResults.map(({ endTime }) => endTime));
  const summary = `${numPassedTests} tests passed, ${numFailedTests} failed, ${numPendingTests} skipped, ${minutes(endedAt - startedAt)} minutes.`;
  const totals = new Map();
  for (const [what, count] of counts) totals.set(what, (totals.get(what) ?? 0) + count);
  const rows = [...totals].map(([what, count]) => [what, count.toLocaleString('en')]);
  return [summary, table(['test cases', 'count'], rows)].join('\n\n');
}

/** @param summary - The `json-summary` of the coverage. */
export function describeCoverage({ total, ...files }, root) {
  const rows = [['all', total.lines.pct, total.branches.pct]];
  for (const place of GUARDED) {
    const prefix = path.join(root, 'src', place);
    const own = Object.entries(files).filter(([file]) => file.startsWith(prefix));
    rows.push([`src/${place}`, percent(own, 'lines'), percent(own, 'branches')]);
  }
  return table(['coverage', 'lines, %', 'branches, %'], rows);
}

/** @param report - Stryker's JSON report (mutation-testing-report-schema). */
export function describeMutants({ files }) {
  const rows = GUARDED.flatMap((place) => {
    const own = Object.entries(files).filter(([file]) => file.startsWith(`src/${place}`));
    const states = own.flatMap(([, { mutants }]) => mutants.map(({ status }) => status));
    const killed = states.filter((status) => status === 'Killed' || status === 'Timeout').length;
    const valid = states.filter((status) => !/Error|Ignored/.test(status)).length;
    return valid === 0 ? [] : [[`src/${place}`, valid, ((killed / valid) * 100).toFixed(1)]];
  });
  return table(['mutation tests', 'mutants', 'killed, %'], rows);
}

function percent(files, kind) {
  const sum = (key) => files.reduce((total, [, coverage]) => total + coverage[kind][key], 0);
  return ((sum('covered') / sum('total')) * 100).toFixed(2);
}

function minutes(elapsedMs) {
  return Math.round(elapsedMs / 60_000);
}

function table(heading, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}
