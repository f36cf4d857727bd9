import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { makeFolder } from './test-store.js';

/** Where `npm run build` puts the page, from wherever the program is. */
const PAGE_FOLDER = fileURLToPath(new URL('../../dist/page/', import.meta.url));

/** Builds a program out of `test/fixtures` the way the real one is built: everything in one file, ajv empty. */
export function buildFixture(name: string): { path: string; remove: () => void } {
  const folder = makeFolder();
  const path = join(folder, `${name}.mjs`);
  const empty = fileURLToPath(new URL('../fixtures/empty.ts', import.meta.url));
  buildSync({
    entryPoints: [fileURLToPath(new URL(`../fixtures/${name}.ts`, import.meta.url))],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    define: { HPC_DESK_PAGE_FOLDER: JSON.stringify(PAGE_FOLDER) },
    alias: { 'ajv/dist/2020.js': empty, 'ajv-formats': empty },
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Runs a built fixture to its end and answers with its lines; fails when it fails. */
export async function runFixture(path: string, ...args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  const [exitCode] = await once(child, 'close');
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: exit ${exitCode}: ${lines.join('; ')}`);
  return lines;
}
