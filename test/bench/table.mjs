const [argument] = process.argv.slice(2).filter((word) => word !== '--check');
const isChecking = process.argv.includes('--check');

/** How often to measure: the number on the command line, or what the benchmark says. */
export function countRuns(usual) {
  return Number(argument ?? usual);
}

/**
 * Shows a measured value with its budget. With `--check` a value outside of its budget lets the benchmark end with 1.
 *
 * @param budget - `atMost`, `atLeast`, or neither.
 */
export function withBudget(what, value, { atMost = Infinity, atLeast = -Infinity }) {
  const limits = [
    ...(atMost === Infinity ? [] : [`≤ ${atMost}`]),
    ...(atLeast === -Infinity ? [] : [`≥ ${atLeast}`]),
  ];
  const isOutside = Number(value) > atMost || Number(value) < atLeast;
  if (isOutside && isChecking) {
    console.error(`outside of its budget: ${what}: ${value}, ${limits}`);
    process.exitCode = 1;
  }
  return limits.length === 0 ? value : `${value} (${limits})`;
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
