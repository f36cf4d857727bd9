import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { readGreeting } from '../helpers/read-greeting.js';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
let user: DeskHome;
let packed: readonly string[];
let installed: string;

beforeAll(async () => {
  [folder, user] = await Promise.all([
    mkdtemp(join(tmpdir(), 'hpc-desk-package-')),
    openDeskHome(),
  ]);
  const [report] = JSON.parse(
    await npm(ROOT, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  packed = report.files.map(({ path }: { path: string }) => path);
  const prefix = join(folder, 'prefix');
  const tarball = join(folder, report.filename);
  await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', '--prefix', prefix, tarball);
  installed = join(prefix, 'node_modules');
});

afterAll(async () => {
  await user?.close();
  await rm(folder, { recursive: true, force: true });
});

async function npm(cwd: string, ...argv: string[]): Promise<string> {
  const { npm_config_prefix: _, ...environment } = process.env;
  const { stdout } = await promisify(execFile)('npm', argv, {
    cwd,
    env: {
      ...environment,
      npm_config_cache: join(folder, 'cache'),
      npm_config_update_notifier: 'false',
    },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

test('the package holds the program, its completions and its papers, and nothing else', () => {
  const [inFolders, papers] = [
    packed.filter((path) => path.includes('/')),
    packed.filter((path) => !path.includes('/')),
  ];
  const folders = new Set(inFolders.map((path) => path.split('/')[0]));
  expect([...folders].sort()).toEqual(['bin', 'completions', 'dist']);
  for (const paper of ['LICENSE', 'README.md', 'THIRD_PARTY_NOTICES', 'package.json']) {
    expect(papers).toContain(paper);
  }
  const allowed =
    /^(LICENSE|README(\.zh-CN)?\.md|CHANGELOG\.md|THIRD_PARTY_NOTICES|package\.json)$/;
  expect(papers.filter((path) => !allowed.test(path))).toEqual([]);
  const kinds =
    /^(bin\/(hpc-desk\.js|package\.json)|completions\/[\w.-]+|dist\/([\w-]+\.js|package\.json|page\/.+))$/;
  expect(inFolders.filter((path) => !kinds.test(path))).toEqual([]);
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

test.each(['commander', 'undici', 'conf', 'chalk', 'ora', 'cli-table3', 'valibot'])(
  'the notices name %s with its version, its licence and the text of it',
  async (name) => {
    const notices = await readFile(join(installed, 'hpc-desk/THIRD_PARTY_NOTICES'), 'utf8');
    const { version, license } = JSON.parse(
      await readFile(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
    );
    const notice = notices.split(`\n${name} ${version} (${license})\n`)[1] ?? '';
    expect(notice.slice(0, 1_000)).toMatch(/copyright|permission/i);
  },
);

test('the installed program does what the built one does', async () => {
  const program = join(installed, '.bin/hpc-desk');
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
