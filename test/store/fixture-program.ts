import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleFile } from '../helpers/bundle-source.js';
import { makeFolder } from './test-store.js';

/** Bundles a program of `test/fixtures` into one file. */
export async function buildFixture(name: string): Promise<{ path: string; remove: () => void }> {
  const folder = makeFolder();
  const path = join(folder, `${name}.mjs`);
  await bundleFile(join(import.meta.dirname, `../fixtures/${name}.ts`), path);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a built fixture and returns its output lines; throws if it fails. */
export async function runFixture(path: string, ...args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: exit ${exitCode}: ${lines.join('; ')}`);
  return lines;
}
