// Runs the benchmarks one after another and prints all budgets at the end: `npm run bench -- [--check] [RUNS] [NAME…]`,
// for example `npm run bench -- connect page`. Each can also be run by itself.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printTable } from './table.mjs';

const here = import.meta.dirname;
const known = readdirSync(here).flatMap((file) => /^bench-(\w+)\.mjs$/.exec(file)?.[1] ?? []);
const words = process.argv.slice(2);
const named = known.filter((name) => words.includes(name));
const passed = words.filter((word) => !named.includes(word));
const place = mkdtempSync(path.join(tmpdir(), 'hpc-desk-budgets-'));
const results = path.join(place, 'results');
writeFileSync(results, '');
try {
  for (const name of named.length > 0 ? named : known) {
    const startedAt = performance.now();
    const argv = [path.join(here, `bench-${name}.mjs`), ...passed];
    const env = { ...process.env, BENCH_RESULTS: results };
    const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit', env });
    if (status !== 0) process.exitCode = 1;
    console.error(`${name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`);
  }
  const lines = readFileSync(results, 'utf8').split('\n').filter(Boolean);
  printTable(
    ['budget', 'measured', 'goal', ''],
    lines.map((line) => JSON.parse(line)),
  );
} finally {
  rmSync(place, { recursive: true });
}
