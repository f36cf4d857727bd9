// What every benchmark takes on its command line, and how it prints what it has measured.
import { appendFileSync } from 'node:fs';

const words = process.argv.slice(2).filter((word) => word !== '--check');
const scenes = words.filter((word) => !isCount(word));
const isChecking = process.argv.includes('--check');

/** How often to measure: the number on the command line, or what the benchmark says. */
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
 * Shows a measured value with its budget, and adds it to the table of all budgets (`bench.mjs`). With `--check` a value
 * outside of its budget lets the benchmark end with 1.
 *
 * @param budget - `atMost`, `atLeast`, or neither.
 */
export function withBudget(what, value, { atMost = Infinity, atLeast = -Infinity }) {
  const limits = [
    ...(atMost === Infinity ? [] : [`≤ ${atMost}`]),
    ...(atLeast === -Infinity ? [] : [`≥ ${atLeast}`]),
  ];
  if (limits.length === 0) return value;
  // Not a number counts as outside.
  const isWithin = Number(value) <= atMost && Number(value) >= atLeast;
  note([what, value, limits.join(', '), isWithin ? 'met' : 'not met']);
  if (!isWithin && isChecking) {
    console.error(`outside of its budget: ${what}: ${value}, ${limits}`);
    process.exitCode = 1;
  }
  return `${value} (${limits})`;
}

/** Says that something with a budget was not measured. With `--check` that counts as outside of it. */
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
