// The command line and the output format of all benchmarks.
import { appendFileSync } from 'node:fs';

const words = process.argv.slice(2).filter((word) => word !== '--check');
const scenes = words.filter((word) => !isCount(word));
const isChecking = process.argv.includes('--check');

/** Number of runs: from the command line, or the default of the benchmark. */
export function countRuns(usual) {
  return Number(words.find(isCount) ?? usual);
}

function isCount(word) {
  return /^\d+$/.test(word);
}

/** Whether to measure a scene: all, or those named on the command line. */
export function wants(scene) {
  return scenes.length === 0 || scenes.includes(scene);
}

/**
 * Formats a measured value with its budget and adds it to the table of all budgets (`bench.mjs`). With `--check`, a
 * value outside of its budget makes the benchmark exit with 1.
 *
 * @param budget - `atMost`, `atLeast`, or neither.
 */
export function withBudget(what, value, { atMost = Infinity, atLeast = -Infinity }) {
  const limits = [
    ...(atMost === Infinity ? [] : [`≤ ${atMost}`]),
    ...(atLeast === -Infinity ? [] : [`≥ ${atLeast}`]),
  ];
  if (limits.length === 0) return value;
  // NaN counts as outside.
  const isWithin = Number(value) <= atMost && Number(value) >= atLeast;
  note([what, value, limits.join(', '), isWithin ? 'met' : 'not met']);
  if (!isWithin && isChecking) {
    console.error(`outside of its budget: ${what}: ${value}, ${limits}`);
    process.exitCode = 1;
  }
  return `${value} (${limits})`;
}

/** Reports that a value with a budget was not measured. With `--check`, that counts as outside of its budget. */
export function notMeasured(what, reason) {
  console.log(`${what}: not measured, ${reason}\n`);
  note([what, '', '', `not measured, ${reason}`]);
  if (isChecking) process.exitCode = 1;
}

function note(row) {
  const { BENCH_RESULTS: file } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

export function pairedRatio(values, references) {
  return median(values.map((value, index) => value / references[index])).toFixed(2);
}

export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

export function printTable(heading, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([line(heading), line(heading.map(() => '---')), ...rows.map(line), ''].join('\n'));
}
