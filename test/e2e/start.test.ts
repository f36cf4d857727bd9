import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transform } from 'rolldown/utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installCopy } from '../helpers/install-copy.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { BIN } from '../helpers/run-bin.js';
import { startSilentPlatform } from '../helpers/start-silent-platform.js';

let user: DeskHome;

beforeEach(async () => {
  user = await openDeskHome();
});
afterEach(() => user.close());

/** Runs code before the program. */
function preload(code: string): Readonly<Record<string, string>> {
  const file = join(user.folder, 'preload.cjs');
  writeFileSync(file, code);
  return { NODE_OPTIONS: `--require=${file}` };
}

describe('the version of Node', () => {
  const runOn = (version: string) =>
    user.run(['--version'], {
      environment: preload(
        `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`,
      ),
    });

  it.each(['10.24.1', '18.20.8', '20.17.9', '20.18.0'])(
    '%s is rejected with one error and a hint',
    async (version) => {
      expect(await runOn(version)).toMatchObject({
        exitCode: 9,
        stdout: '',
        stderr: expect.stringMatching(
          `^error: hpc-desk needs Node.js 20.18.1 or later, and this is ${version}\nhint: [^\n]*\n$`,
        ),
      });
    },
  );

  it.each(['20.18.1', '20.19.0', '22.0.0', '100.0.0'])('%s is accepted', async (version) => {
    expect(await runOn(version)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('is checked by code that Node 10 can parse', async () => {
    const source = readFileSync(BIN, 'utf8');
    const textFor = async (target: string) => (await transform('bin.js', source, { target })).code;
    expect(await textFor('node10')).toBe(await textFor('esnext'));
    expect(source.split('\n').length).toBeLessThanOrEqual(46);
  });
});

describe('with limited address space (ulimit -v)', () => {
  /** Runs a command in a shell after ulimit. */
  const runWithin = async (kilobytes: number, words: readonly string[]) => {
    const line = `ulimit -v ${kilobytes} && exec "$0" "$@"`;
    const argv = ['-c', line, process.execPath, BIN, ...words];
    const child = spawn('sh', argv, { env: user.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { exitCode, stdout, stderr };
  };

  it('4 GB are enough for requests to the platform', async () => {
    const platform = await startSilentPlatform();
    platform.speak();
    try {
      await logIn(user, { apiUrl: platform.apiUrl, token: 'anything' });
      const listed = await runWithin(4_000_000, ['vnc', 'list', '--json']);
      expect(listed).toMatchObject({ exitCode: 0, stdout: '[]\n' });
    } finally {
      await platform.close();
    }
  });

  it('4 GB do not change the exit code, and doctor reports them as enough', async () => {
    expect(await runWithin(4_000_000, ['whoami'])).toMatchObject({ exitCode: 4, stdout: '' });
    const { stdout } = await runWithin(4_000_000, ['doctor', '--json', '--timeout', '5s']);
    expect(JSON.parse(stdout).checks).toContainEqual(
      expect.objectContaining({
        name: 'addressSpace',
        status: 'pass',
        code: 'addressSpace.enough',
      }),
    );
  });

  it('SIGTERM ends a run with 4 GB and leaves no process', async () => {
    const line = 'ulimit -v 4000000 && exec "$0" "$@"';
    const argv = ['-c', line, process.execPath, BIN, 'sandbox', '--desktop', 'builtin', '--json'];
    const child = spawn('sh', argv, { env: user.environment, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([143, null]);
    expect(user.processes()).toEqual([]);
  });
});

describe('the compile cache', () => {
  /** Folders passed to enableCompileCache, which is replaced because Node 20 lacks it. */
  async function foldersUsed(environment: Readonly<Record<string, string>> = {}) {
    const file = join(user.folder, 'folders');
    rmSync(file, { force: true });
    writeFileSync(file, '');
    const recorder = preload(`
      require('node:module').enableCompileCache = (folder) =>
        require('node:fs').appendFileSync(${JSON.stringify(file)}, folder + '\\n');`);
    const { exitCode } = await user.run(['--help'], {
      environment: { ...recorder, ...environment },
    });
    expect(exitCode).toBe(0);
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  }

  it('is in the user’s cache folder', async () => {
    expect(await foldersUsed()).toEqual([join(user.folder, '.cache/hpc-desk/compiled')]);
    const caches = join(user.folder, 'caches');
    expect(await foldersUsed({ XDG_CACHE_HOME: caches })).toEqual([
      join(caches, 'hpc-desk/compiled'),
    ]);
  });

  it('is disabled if its folder is group-writable', async () => {
    const folder = join(user.folder, '.cache/hpc-desk/compiled');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o770);
    expect(await foldersUsed()).toEqual([]);
  });

  it('is disabled if HOME is relative or does not exist', async () => {
    expect(await foldersUsed({ HOME: 'somewhere' })).toEqual([]);
    expect(await foldersUsed({ HOME: join(user.folder, 'no/home') })).toEqual([]);
  });

  it('is not in the install folder, which a run does not change', async () => {
    const program = installCopy(join(user.folder, 'installed'));
    const list = () =>
      readdirSync(join(user.folder, 'installed'), { recursive: true, encoding: 'utf8' }).toSorted();
    const before = list();
    await user.run(['--help'], { program });
    await user.run(['whoami'], { program });
    expect(list()).toEqual(before);
  });
});
