import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './npm.js';

const ROOT = join(import.meta.dirname, '../..');
/** What the build and `npm pack` read; everything else of the repository may differ from machine to machine. */
const SOURCES = ['.ci', 'bin', 'completions', 'docs', 'src', 'package.json', 'tsconfig.json'];
const PAPERS = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE'];
const BUNDLES_FILE = 'bundles.json';
/** Added to the bundler of the copy: it also writes down what each of its bundles was made of. */
const RECORDER = `
const bundler = module.exports;
const bundles = [];
async function buildAndRecord(options) {
  const result = await bundler.build({ ...options, metafile: true });
  bundles.push(result.metafile);
  require('node:fs').writeFileSync('${BUNDLES_FILE}', JSON.stringify(bundles));
  return result;
}
module.exports = { ...bundler, build: buildAndRecord };
`;

export interface BuiltCopy {
  readonly folder: string;
  /** Files that the bundler read, in all its bundles, as paths from the copy's folder. */
  readonly inputs: readonly string[];
  /** What `npm pack` makes of it. */
  readonly packed: PackReport;
}

export interface PackReport {
  readonly filename: string;
  readonly integrity: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * Builds and packs a copy of this repository in a folder of its own, with the very packages that it bundles.
 *
 * @param environment - Added to the environment of the build.
 */
export async function buildCopy(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BuiltCopy> {
  await mkdir(folder, { recursive: true });
  const paths = [...SOURCES, ...PAPERS, ...(await packagesToBuildWith())];
  await Promise.all(
    paths.map((path) => cp(join(ROOT, path), join(folder, path), { recursive: true })),
  );
  await appendFile(join(folder, 'node_modules/esbuild/lib/main.js'), RECORDER);
  await promisify(execFile)(process.execPath, ['.ci/build.mjs'], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const bundles: readonly { inputs: object }[] = JSON.parse(
    await readFile(join(folder, BUNDLES_FILE), 'utf8'),
  );
  const [packed] = JSON.parse(await npm(folder, 'pack', '--ignore-scripts', '--json'));
  return {
    folder,
    inputs: bundles.flatMap(({ inputs }) => Object.keys(inputs)),
    packed,
  };
}

/** The bundler, and what an earlier build has bundled: whatever the notices left out is missed by the build. */
async function packagesToBuildWith(): Promise<readonly string[]> {
  const notices = await readFile(join(ROOT, 'THIRD_PARTY_NOTICES'), 'utf8');
  const bundled = [...notices.matchAll(/^(\S+) \S+ \([^)]+\)\n-+$/gm)].map(([, name]) => name);
  return [...new Set([...bundled, 'esbuild', '@esbuild'])].map((name) => `node_modules/${name}`);
}
