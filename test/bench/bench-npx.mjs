// Compares the first `npx hpc-desk` on a machine with the same packages unbundled:
// `node test/bench/bench-npx.mjs [--check] [RUNS]`.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { endAll, environment, folder, here } from './programs.mjs';
import { startRegistry } from './start-registry.mjs';
import { countRuns, median, pairedRatio, printTable, withBudget } from './table.mjs';

const RUNS = countRuns(5);
const root = path.resolve(here, '../..');
/** The dependencies of the program, as required by the user. */
const NAMES = ['commander', 'undici', 'conf', 'chalk', 'ora', 'cli-table3', 'open'];
const UNBUNDLED = 'hpc-desk-unbundled';

const registry = await startRegistry();
try {
  await packOwn();
  await packUnbundled();
  const own = [];
  const unbundled = [];
  for (let run = 0; run < RUNS; run += 1) {
    own.push(await installCold('hpc-desk'));
    unbundled.push(await installCold(UNBUNDLED));
  }
  const elapsed = (installs) => installs.map(({ elapsedMs }) => elapsedMs);
  const row = (name, installs, maxPackages, maxRatio) => [
    name,
    withBudget(`${name}, packages`, installs[0].packages, { atMost: maxPackages }),
    median(elapsed(installs)).toFixed(0),
    withBudget(name, pairedRatio(elapsed(installs), elapsed(unbundled)), { atMost: maxRatio }),
  ];
  printTable(
    [`cold npx, ${RUNS} runs`, 'packages', 'ms', '× unbundled'],
    [row('npx hpc-desk --version', own, 1, 0.4), row('the seven packages, unbundled', unbundled)],
  );
} finally {
  registry.close();
  await endAll();
}

async function packOwn() {
  const argv = ['pack', root, '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(execFileSync('npm', argv, { cwd: folder, encoding: 'utf8' }));
  execFileSync('tar', ['-xzf', filename], { cwd: folder });
  await registry.pack(path.join(folder, 'package'));
}

/** The package without a bundle: its program imports all seven dependencies. */
async function packUnbundled() {
  const { devDependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  await registry.packAll(root, NAMES);
  const place = path.join(folder, UNBUNDLED);
  await mkdir(place);
  const about = {
    name: UNBUNDLED,
    version: '1.0.0',
    bin: 'start.mjs',
    dependencies: Object.fromEntries(NAMES.map((name) => [name, devDependencies[name]])),
  };
  await writeFile(path.join(place, 'package.json'), JSON.stringify(about));
  const imports = NAMES.map((name) => `await import('${name}');`).join('\n');
  await writeFile(path.join(place, 'start.mjs'), `#!/usr/bin/env node\n${imports}\n`);
  await registry.pack(place);
}

async function installCold(name) {
  const cache = await mkdtemp(path.join(folder, 'cache-'));
  const startedAt = performance.now();
  const child = spawn('npx', ['--yes', name, '--version'], {
    // Within a project, npx would use the package installed there.
    cwd: cache,
    env: {
      ...environment,
      npm_config_cache: cache,
      npm_config_registry: registry.url,
      npm_config_audit: 'false',
      npm_config_update_notifier: 'false',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [status] = await once(child, 'close');
  const elapsedMs = performance.now() - startedAt;
  if (status !== 0) throw new Error(`npx ${name} ended with ${status}`);
  return { elapsedMs, packages: await countPackages(path.join(cache, '_npx')) };
}

async function countPackages(npx) {
  const [made] = await readdir(npx);
  const lock = path.join(npx, made, 'node_modules/.package-lock.json');
  return Object.keys(JSON.parse(await readFile(lock, 'utf8')).packages).length;
}
