import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BuiltCopy, buildCopy } from '../helpers/build-copy.js';

let folder: string;
let first: BuiltCopy;
let second: BuiltCopy;
let notices: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hpc-desk-build-'));
  // The folder depth, time zone and locale differ, as they may between two machines.
  first = await buildCopy(join(folder, 'a'), { TZ: 'Asia/Shanghai', LC_ALL: 'C' });
  second = await buildCopy(join(folder, 'somewhere/else'), { TZ: 'UTC', LC_ALL: 'C.UTF-8' });
  notices = await readFile(join(first.folder, 'THIRD_PARTY_NOTICES'), 'utf8');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it('builds in different folders are byte-identical and pack to the same tarball', () => {
  const files = first.packed.files.map(({ path }) => path);
  expect(second.packed.files.map(({ path }) => path)).toEqual(files);
  const read = (copy: BuiltCopy, file: string) => readFileSync(join(copy.folder, file));
  expect(files.filter((file) => !read(first, file).equals(read(second, file)))).toEqual([]);
  expect(second.packed.integrity).toBe(first.packed.integrity);
});

it('the bundles contain only files from src and node_modules', () => {
  const ours = /^(src\/|node_modules\/)/;
  expect(first.inputs.filter((input) => !ours.test(input))).toEqual([]);
  expect(first.inputs).toContain('src/main.ts');
  expect(first.inputs).toContain('src/web/main.ts');
});

it('the notices list every bundled package with its licence and full licence text', () => {
  const packages = bundledPackages();
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.flatMap(missingFromNotices)).toEqual([]);
});

it('the notices list no package that is not bundled', () => {
  const titles = [...notices.matchAll(/^(\S+ \S+) \([^)]+\)\n-+$/gm)].map(([, title]) => title);
  const bundled = bundledPackages().map(({ name, version }) => `${name} ${version}`);
  expect(titles.toSorted()).toEqual([...new Set(bundled)].toSorted());
});

it('the notices list every copyright holder named in a bundled file', () => {
  const known = withoutYears(notices);
  const unknown = first.inputs
    .filter((input) => input.startsWith('node_modules/'))
    .flatMap((input) => holdersIn(input).filter((holder) => !known.includes(holder)));
  expect([...new Set(unknown)]).toEqual([]);
});

it('the notices include the licence of llhttp, which undici contains', () => {
  expect(first.inputs).toContain('node_modules/undici/lib/llhttp/llhttp_simd-wasm.js');
  expect(notices).toContain('Copyright Fedor Indutny, 2018.');
});

interface BundledPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

function bundledPackages(): readonly BundledPackage[] {
  const folders = first.inputs.map(
    (input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0],
  );
  return [...new Set(folders)].flatMap((path) => {
    if (path === undefined) return [];
    const folder = join(first.folder, path);
    return { ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), folder };
  });
}

function missingFromNotices({ folder, name, version, license }: BundledPackage): string[] {
  const title = `${name} ${version} (${license})`;
  if (!`\n${notices}`.includes(`\n${title}\n`)) return [`${title}: not named`];
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|authors)/i.test(file));
  if (texts.length === 0) return [`${title}: has no text of its licence`];
  return texts
    .filter((file) => !notices.includes(readFileSync(join(folder, file), 'utf8').trim()))
    .map((file) => `${title}: ${file} is not there`);
}

/** Lines such as `Copyright (c) 1996 Widget Workshop`. */
function holdersIn(input: string): readonly string[] {
  const text = readFileSync(join(first.folder, input), 'utf8');
  return (text.match(/\bcopyright (\(c\)|©).*/gi) ?? []).map(withoutYears);
}

function withoutYears(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\d,–-]+/g, ' ')
    .replaceAll(/[^\S\n]+/g, ' ')
    .trim();
}
