import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackReport } from '../helpers/build-copy.js';
import { installPackage } from '../helpers/npm.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { readGreeting } from '../helpers/read-greeting.js';

const ROOT = join(import.meta.dirname, '../..');
const MAX_UNPACKED_BYTES = 2 * 1024 * 1024;

let folder: string;
let user: DeskHome;
let report: PackReport;
let packed: readonly string[];
let installed: string;

beforeAll(async () => {
  [folder, user] = await Promise.all([
    mkdtemp(join(tmpdir(), 'hpc-desk-package-')),
    openDeskHome(),
  ]);
  report = await installPackage(folder);
  packed = report.files.map(({ path }) => path);
  installed = join(folder, 'lib/node_modules');
});

afterAll(async () => {
  await user?.close();
  await rm(folder, { recursive: true, force: true });
});

test('the package contains exactly the listed files (to update the list: vitest run -u)', async () => {
  // The bundler splits dynamic imports into chunks with a hash in their names.
  const names = packed.map((path) => path.replace(/^dist\/[^/]+-[\w-]{8}\.js$/, 'dist/*-*.js'));
  const list = [...new Set(names)].toSorted().join('\n');
  await expect(`${list}\n`).toMatchFileSnapshot('package-files.txt');
});

test('the unpacked package is at most 2 MiB, including the browser page', () => {
  expect(report.unpackedSize).toBeLessThanOrEqual(MAX_UNPACKED_BYTES);
  expect(report.files.some(({ path }) => path === 'dist/page/page.js')).toBe(true);
});

test('publint reports no problems', async () => {
  const pkgDir = join(installed, 'hpc-desk');
  const { messages } = await publint({ pkgDir, pack: false, level: 'suggestion', strict: true });
  expect(messages).toEqual([]);
});

test('a global install puts the manual page where man(1) finds it', async () => {
  const page = await readFile(join(folder, 'share/man/man1/hpc-desk.1'), 'utf8');
  expect(page).toBe(await readFile(join(ROOT, 'docs/man/hpc-desk.1'), 'utf8'));
});

test('the package contains the page, the licence of noVNC and the URL of its source', async () => {
  const page = packed.filter((path) => path.startsWith('dist/page/'));
  const files = ['icon.svg', 'index.html', 'notices.txt', 'page.css', 'page.js'];
  expect(page.toSorted()).toEqual(files.map((file) => `dist/page/${file}`));
  for (const paper of ['THIRD_PARTY_NOTICES', 'dist/page/notices.txt']) {
    const text = await readFile(join(installed, 'hpc-desk', paper), 'utf8');
    for (const part of [
      '@novnc/novnc 1.7.0 (MPL-2.0)',
      'https://registry.npmjs.org/@novnc/novnc/-/novnc-1.7.0.tgz',
      'Mozilla Public License Version 2.0',
      'by Vitaly Puzrin',
      'package Acme.Crypto',
    ]) {
      expect(text).toContain(part);
    }
  }
});

test('no code in the package refers to an npm registry', async () => {
  for (const file of packed.filter((path) => path.endsWith('.js'))) {
    const text = await readFile(join(installed, 'hpc-desk', file), 'utf8');
    expect(text, file).not.toMatch(/registry\.npmjs|npm_config_registry/);
  }
});

test('the package has no dependencies and no install scripts', async () => {
  const described = JSON.parse(await readFile(join(installed, 'hpc-desk/package.json'), 'utf8'));
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
    expect(described).not.toHaveProperty(kind);
  }
  const events = ['preinstall', 'install', 'postinstall', 'prepare'];
  expect(events.filter((name) => name in described.scripts)).toEqual([]);
  const names = await readdir(installed);
  expect(names.filter((name) => !name.startsWith('.'))).toEqual(['hpc-desk']);
});

test('the installed program behaves like the built one', async () => {
  const program = join(folder, 'bin/hpc-desk');
  const [version, help] = await Promise.all([
    user.run(['--version'], { program }),
    user.run(['--help'], { program }),
  ]);
  expect(version).toEqual(await user.run(['--version']));
  expect(help).toEqual(await user.run(['--help']));

  const sandbox = await user.start(['sandbox', '--desktop', 'builtin', '--json'], { program });
  await logIn(user, JSON.parse(sandbox.firstLine));
  const { port, created } = await user.json(['vnc', 'create'], { program });
  expect(created).toBe(true);
  expect(await readGreeting(port)).toBe('RFB 003.008');
  sandbox.kill('SIGTERM');
  expect(await sandbox.ended).toMatchObject({ exitCode: 143 });
});
