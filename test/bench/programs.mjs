// Starts the programs of a benchmark in a separate home and ends all of them.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from './find-free-port.mjs';
import { waitForLine } from './wait-for-line.mjs';

export const here = import.meta.dirname;
export const program = path.resolve(here, '../../bin/hpc-desk.js');
export const folder = await mkdtemp(path.join(tmpdir(), 'hpc-desk-bench-'));
export const environment = {
  PATH: process.env.PATH,
  HOME: folder,
  HPC_DESK_CONFIG_DIR: path.join(folder, 'config'),
  HPC_DESK_BROWSER: 'none',
};
const running = [];

/** Starts a long-running Node program and waits for its first line. */
export async function startNode(...argv) {
  const stdio = ['ignore', 'pipe', 'inherit'];
  const child = endLater(spawn(process.execPath, argv, { env: environment, stdio }));
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`${argv.join(' ')} ended with ${status}`);
  });
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  ended.catch(() => {});
  return { child, line };
}

/** Starts a long-running program and waits until it prints these words to stderr. */
export async function startUntil(words, file, argv) {
  const child = endLater(spawn(file, argv, { stdio: ['ignore', 'ignore', 'pipe'] }));
  await waitForLine(child.stderr, words);
  child.stderr.resume();
  return child;
}

/** A relay to `target` with buffers of 256 KiB, as `{pid, port}`; undefined without socat. */
export async function startSocat(target) {
  if (!has('socat', '-V')) return undefined;
  const port = await findFreePort();
  const listen = `TCP-LISTEN:${port},bind=127.0.0.1,reuseaddr,fork,nodelay`;
  const argv = ['-d', '-d', '-b', '262144', listen, `TCP:127.0.0.1:${target},nodelay`];
  const { pid } = await startUntil('listening on', 'socat', argv);
  return { pid, port };
}

/** Whether a program can be started. */
export function has(name, harmless) {
  return spawnSync(name, [harmless], { stdio: 'ignore' }).error === undefined;
}

export function logIn(apiUrl, token) {
  const argv = [program, 'login', '--quiet', '--api-url', apiUrl, '--token-stdin'];
  const { status, stderr } = spawnSync(process.execPath, argv, { env: environment, input: token });
  if (status !== 0) throw new Error(String(stderr));
}

export function endLater(child) {
  running.push(child);
  return child;
}

export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Ends all started programs in reverse order. */
export async function endRunning() {
  for (const child of running.splice(0).reverse()) await end(child);
}

/** Ends all started programs and removes the home. */
export async function endAll() {
  await endRunning();
  await rm(folder, { recursive: true, force: true });
}
