import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../src/model/settings.js';
import { runCli } from '../helpers/run-cli.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (line: string | readonly string[], environment = {}) =>
  runCli(line, { environment: { HPC_DESK_CONFIG_DIR: folder, ...environment } });

it('a setting is stored, printed, and removed', async () => {
  expect((await run('config set timeout 2m')).exitCode).toBe(0);
  expect((await run('config get timeout')).stdout).toBe('2m\n');
  expect((await run('config unset timeout')).exitCode).toBe(0);
  expect((await run('config get timeout')).stdout).toBe('60s\n');
});

it('config get prints nothing for a setting without a value', async () => {
  expect(await run('config get via')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

it('config list reports the source of every setting', async () => {
  await run('config set via me@login.example');
  const { stdout } = await run('config list --json', { HPC_DESK_LANG: 'en' });
  const settings = JSON.parse(stdout);
  expect(Object.keys(settings)).toEqual(SETTING_NAMES);
  expect(settings).toMatchObject({
    via: { value: 'me@login.example', source: 'settings' },
    lang: { value: 'en', source: 'env' },
    viewer: { value: 'auto', source: 'default' },
    apiUrl: { value: null, source: 'unset' },
  });
});

it('config list prints a table, or three TSV columns into a pipe', async () => {
  expect((await run('config list -o table')).stdout).toMatch(/^SETTING .*SOURCE\napiUrl .*- +-\n/);
  const rows = (await run('config list')).stdout.trimEnd().split('\n');
  expect(rows.map((row) => row.split('\t').length)).toEqual(SETTING_NAMES.map(() => 3));
});

it('the stored language is used', async () => {
  await run('config set lang zh');
  expect((await run('bogus')).stderr).toContain('未知命令');
  expect((await run('bogus', { HPC_DESK_LANG: 'en' })).stderr).toContain('unknown command');
});

it.each([
  ['config set vla x', 'unknown setting “vla”', 'via'],
  ['config get bogus', 'unknown setting “bogus”', 'hpc-desk config list'],
  ['config set timeout soon', '“soon” for timeout', '90s'],
  ['config set viewer', 'missing argument <value>', '--help'],
])('%s is rejected', async (line, message, hint) => {
  const { exitCode, stdout, stderr } = await run(line);
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});

it('config path prints the config folder', async () => {
  expect((await run('config path')).stdout).toBe(`${folder}\n`);
});

it('a damaged settings file gives exit code 9, and the language falls back to English', async () => {
  writeFileSync(join(folder, 'settings.json'), '{ broken');
  const { exitCode, stderr } = await run('config get via');
  expect(exitCode).toBe(9);
  expect(stderr).toContain(`error: the file ${join(folder, 'settings.json')} is damaged`);
});
