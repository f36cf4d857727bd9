import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { npm } from './npm.js';

const ROOT = join(import.meta.dirname, '../..');
/** Inputs of the build and of `npm pack`; the rest of the repository may differ between machines. */
const SOURCES = ['.ci', 'bin', 'completions', 'docs', 'src', 'package.json', 'tsconfig.json'];
const PAPERS = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'LICENSE'];
const BUNDLED_FILE = 'bundled.json';
/** Replaces the bundler of the copy, to also record the inputs of each bundle. */
const RECORDER = `
import { writeFileSync } from 'node:fs';
import * as bundler from './dist/index.mjs';
const files = [];
export async function build(options) {
  const result = await bundler.build(options);
  files.push(...result.output.flatMap(({ moduleIds = [] }) => moduleIds));
  writeFileSync('${BUNDLED_FILE}', JSON.stringify(files));
  return result;
}
`;

export interface BuiltCopy {
  readonly folder: string;
  /** Files in all bundles, as paths relative to the folder of the copy. */
  readonly inputs: readonly string[];
  /** The report of `npm pack`. */
  readonly packed: PackReport;
}

export interface PackReport {
  readonly filename: string;
  readonly integrity: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/**
 * Builds and packs a copy of this repository in a separate folder, with only the packages that it bundles.
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
  const bundler = join(folder, 'node_modules/rolldown');
  await writeFile(join(bundler, 'recorder.mjs'), RECORDER);
  await writeFile(join(bundler, 'package.json'), '{ "exports": "./recorder.mjs" }');
  await promisify(execFile)(process.execPath, ['.ci/build.mjs'], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const files: readonly string[] = JSON.parse(await readFile(join(folder, BUNDLED_FILE), 'utf8'));
  const [packed] = JSON.parse(await npm(folder, 'pack', '--ignore-scripts', '--json'));
  return {
    folder,
    inputs: files.filter(isAbsolute).map((file) => relative(folder, file)),
    packed,
  };
}

/** The bundler and the packages in the notices: if the notices omit a bundled package, the build fails. */
async function packagesToBuildWith(): Promise<readonly string[]> {
  const notices = await readFile(join(ROOT, 'THIRD_PARTY_NOTICES'), 'utf8');
  const bundled = [...notices.matchAll(/^(\S+) \S+ \([^)]+\)\n-+$/gm)].map(([, name]) => name);
  return [...new Set([...bundled, 'rolldown', '@rolldown'])].map((name) => `node_modules/${name}`);
}
