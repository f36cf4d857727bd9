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
