// Runs all benchmarks, one after another: `npm run bench -- [--check] [RUNS]`. Each can also be run by itself.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const here = import.meta.dirname;
const benches = readdirSync(here).filter((name) => name.startsWith('bench-'));
for (const name of benches) {
  const argv = [path.join(here, name), ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, argv, { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
