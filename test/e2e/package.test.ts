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

test('the package holds these files and no others (to change the list: vitest run -u)', async () => {
  // What is behind import() is split as the bundler likes, into files with a hash in their names.
  const names = packed.map((path) => path.replace(/^dist\/[^/]+-[\w-]{8}\.js$/, 'dist/*-*.js'));
  const list = [...new Set(names)].toSorted().join('\n');
  await expect(`${list}\n`).toMatchFileSnapshot('package-files.txt');
});

test('the package stays within 2 MiB, the browser page included', () => {
  expect(report.unpackedSize).toBeLessThanOrEqual(MAX_UNPACKED_BYTES);
  expect(report.files.some(({ path }) => path === 'dist/page/page.js')).toBe(true);
});

test('publint has nothing to say', async () => {
  const pkgDir = join(installed, 'hpc-desk');
  const { messages } = await publint({ pkgDir, pack: false, level: 'suggestion', strict: true });
  expect(messages).toEqual([]);
});

test('installed for all commands, it brings its manual page to where man(1) looks', async () => {
  const page = await readFile(join(folder, 'share/man/man1/hpc-desk.1'), 'utf8');
  expect(page).toBe(await readFile(join(ROOT, 'docs/man/hpc-desk.1'), 'utf8'));
});

test('the page is there, with the licence of noVNC and the place of its source', async () => {
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

test('no code in the package knows a registry to ask for new versions', async () => {
  for (const file of packed.filter((path) => path.endsWith('.js'))) {
    const text = await readFile(join(installed, 'hpc-desk', file), 'utf8');
    expect(text, file).not.toMatch(/registry\.npmjs|npm_config_registry/);
  }
});

test('the package needs no other package and runs nothing when it is installed', async () => {
  const described = JSON.parse(await readFile(join(installed, 'hpc-desk/package.json'), 'utf8'));
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies']) {
    expect(described).not.toHaveProperty(kind);
  }
  const events = ['preinstall', 'install', 'postinstall', 'prepare'];
  expect(events.filter((name) => name in described.scripts)).toEqual([]);
  const names = await readdir(installed);
  expect(names.filter((name) => !name.startsWith('.'))).toEqual(['hpc-desk']);
});

test('the installed program does what the built one does', async () => {
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
