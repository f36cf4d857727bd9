import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN } from '../helpers/run-bin.js';

const IS_ROOT = process.getuid?.() === 0;
/** A uid without an entry in the user database. */
const NOBODY_KNOWN = 54_321;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-no-home-'));
  chmodSync(folder, 0o777);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(line: string, environment: Record<string, string>, uid?: number) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...line.split(' ')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HPC_DESK_PLATFORM_URL: 'http://127.0.0.1:1',
      ...environment,
    },
    encoding: 'utf8',
    ...(uid !== undefined && { uid, gid: uid }),
  });
  return { status, stdout, stderr };
}

const NO_HOME = {
  status: 9,
  stdout: '',
  stderr: [
    'error: there is no home folder: HOME is not set to an absolute path',
    'hint:  set HOME, or HPC_DESK_CONFIG_DIR, to the absolute path of a folder that you own',
    '',
  ].join('\n'),
};

test.each(['config set lang en', 'config path', 'completion install bash'])(
  'a relative HOME is reported in one sentence, and no file is created: %s',
  (line) => {
    expect(run(line, { HOME: 'here' })).toEqual(NO_HOME);
    expect(readdirSync(folder)).toEqual([]);
  },
);

describe.skipIf(!IS_ROOT)('a user without an entry in the user database (needs root)', () => {
  test.each([{}, { HOME: '' }, { HOME: '.' }])('stores nothing without a home: %j', (home) => {
    expect(run('config set lang en', home, NOBODY_KNOWN)).toEqual(NO_HOME);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('reads and writes settings in HPC_DESK_CONFIG_DIR', () => {
    const place = { HPC_DESK_CONFIG_DIR: join(folder, 'config') };
    expect(run('config set viewer none', place, NOBODY_KNOWN).status).toBe(0);
    expect(run('config get viewer', place, NOBODY_KNOWN).stdout).toBe('none\n');
  });

  test('needs no home for commands that store nothing', () => {
    const login = { HPC_DESK_TOKEN: 'secret', HPC_DESK_API_URL: 'http://127.0.0.1:1' };
    expect(run('whoami --json', login, NOBODY_KNOWN)).toMatchObject({ status: 0, stderr: '' });
    expect(run('config list', {}, NOBODY_KNOWN)).toMatchObject({ status: 0, stderr: '' });
    expect(run('logout --all', {}, NOBODY_KNOWN).status).not.toBe(1);
  });

  test('doctor reports the missing home instead of crashing', () => {
    const { status, stdout } = run('doctor --timeout 10s', {}, NOBODY_KNOWN);
    expect(status).toBe(8);
    expect(stdout).toContain('fail\tfolder\tthere is no home folder');
  });
});
