import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-viewers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Installs an executable of this name that prints nothing. */
function install(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

async function viewers(words = '', more: Record<string, string> = {}) {
  const environment = { PATH: folder, WAYLAND_DISPLAY: 'wayland-0', ...more };
  const { stdout, exitCode } = await runCli(`viewers --json ${words}`, { environment });
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
}

it('lists the installed viewers, chooses by preference, and reports what it searched for', async () => {
  install('krdc');
  install('remote-viewer');
  const result = await viewers();
  expect(result.viewers).toEqual([
    {
      id: 'remote-viewer',
      name: expect.any(String),
      path: join(folder, 'remote-viewer'),
      version: '',
      chosen: true,
      problem: null,
    },
    {
      id: 'krdc',
      name: 'KRDC',
      path: join(folder, 'krdc'),
      version: '',
      chosen: false,
      problem: null,
    },
  ]);
  expect(result.searched).toContain('xtigervncviewer');
});

it.each([
  ['--viewer', '--viewer krdc', {}, 'option'],
  ['HPC_DESK_VIEWER', '', { HPC_DESK_VIEWER: 'krdc' }, 'env'],
])('chooses the viewer given by %s', async (_, words, variables, wishedBy) => {
  install('krdc');
  install('remote-viewer');
  const result = await viewers(words, variables);
  expect(result.viewers.find(({ chosen }: { chosen: boolean }) => chosen).id).toBe('krdc');
  expect(result).toMatchObject({ wish: 'krdc', wishedBy });
});

it('lists an unknown viewer given by path, and chooses it', async () => {
  const path = install('my-viewer');
  const { viewers: found } = await viewers(`--viewer ${path}`);
  expect(found).toMatchObject([{ id: 'custom', name: 'custom', path, version: '', chosen: true }]);
});

it.each([
  ['--viewer is none', '--viewer none'],
  ['the requested viewer is not installed', '--viewer tigervnc'],
])('chooses no viewer if %s', async (_, words) => {
  install('krdc');
  const { viewers: found } = await viewers(words);
  expect(found).toMatchObject([{ id: 'krdc', chosen: false }]);
});

it.each([
  ['en', 'No viewer is used: none was found.', 'sudo apt install tigervnc-viewer'],
  ['zh', '不使用 VNC 客户端：一个也没有找到。', 'https://mirrors.tuna.tsinghua.edu.cn'],
])('prints in %s what to install if no viewer is found', async (lang, verdict, line) => {
  const options = { environment: { PATH: folder }, isTerminal: true };
  const { stdout, exitCode } = await runCli(`viewers --no-color --lang ${lang}`, options);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(verdict);
  if (process.platform === 'linux') expect(stdout).toContain(line);
});

it('prints ids with -o name, and one TSV line per viewer into a pipe', async () => {
  const path = install('krdc');
  const environment = { PATH: folder, WAYLAND_DISPLAY: 'wayland-0' };
  expect((await runCli('viewers -o name', { environment })).stdout).toBe('krdc\n');
  expect((await runCli('viewers', { environment })).stdout).toBe(`krdc\tKRDC\t\t${path}\ttrue\n`);
});

it('works with a damaged settings file', async () => {
  const config = mkdtempSync(join(folder, 'config-'));
  writeFileSync(join(config, 'settings.json'), 'garbage', { mode: 0o600 });
  install('krdc');
  const { wish } = await viewers('', { HPC_DESK_CONFIG_DIR: config });
  expect(wish).toBe('auto');
});

it.skipIf(process.platform !== 'linux').each([
  ['en', 'No viewer is used: KRDC cannot open a window, DISPLAY is not set.'],
  ['zh', '不使用 VNC 客户端：KRDC 无法打开窗口，未设置 DISPLAY。'],
])(
  'marks in %s a viewer that cannot open a window, and does not choose it',
  async (lang, verdict) => {
    install('krdc');
    const environment = { DISPLAY: '', WAYLAND_DISPLAY: '' };
    expect((await viewers('', environment)).viewers).toMatchObject([
      { id: 'krdc', chosen: false, problem: 'noDisplay' },
    ]);
    const options = { environment: { PATH: folder, ...environment }, isTerminal: true };
    const { stdout } = await runCli(`viewers --no-color --lang ${lang}`, options);
    expect(stdout).toContain('! krdc');
    expect(stdout).toContain(verdict);
  },
);
