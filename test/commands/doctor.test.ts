import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DoctorResult } from '../../src/commands/doctor.js';
import type { DoctorCheck } from '../../src/commands/doctor-report.js';
import { CHECK_NAMES, type CheckName } from '../../src/model/finding.js';
import type { SandboxDescription } from '../../src/sandbox/start-sandbox.js';
import { freePort } from '../helpers/free-port.js';
import { type CliResult, type RunningCli, runCli, startCli } from '../helpers/run-cli.js';
import { startScriptedServer } from '../helpers/scripted-server.js';

let folder: string;
let base: Record<string, string>;
let sandbox: RunningCli;
let place: SandboxDescription;

beforeAll(async () => {
  sandbox = startCli('sandbox --desktop builtin --json');
  place = JSON.parse(await sandbox.ready);
});

afterAll(async () => {
  sandbox.send('SIGINT');
  await sandbox.ended;
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hpc-desk-doctor-'));
  base = {
    PATH: '/usr/bin:/bin',
    HPC_DESK_CONFIG_DIR: join(folder, 'config'),
    HPC_DESK_PLATFORM_URL: place.platformUrl,
    HPC_DESK_AUTH_URL: place.authUrl,
  };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loggedIn = () => ({ ...base, HPC_DESK_API_URL: place.apiUrl, HPC_DESK_TOKEN: place.token });

describe('doctor against a working platform', () => {
  it('is healthy, runs every check once, and creates no session', async () => {
    const { result, exitCode, stderr } = await examine('doctor --json', loggedIn());
    expect(exitCode, stderr).toBe(0);
    expect(result.healthy).toBe(true);
    expect(result.checks.map(({ name }) => name)).toEqual(CHECK_NAMES);
    expect(statusOf(result)).toMatchObject({ token: 'pass', cluster: 'pass', nodePort: 'skip' });
    const { stdout } = await runCli('vnc list --json', { environment: loggedIn() });
    expect(JSON.parse(stdout)).toEqual([]);
  });

  it('connects to the desktop of an existing session', async () => {
    await runCli('vnc create', { environment: loggedIn() });
    const { result } = await examine('doctor --json', loggedIn());
    expect(statusOf(result)).toMatchObject({ nodePort: 'pass', rfb: 'pass' });
    await runCli('vnc delete --yes', { environment: loggedIn() });
  });

  it('prints the same JSON in every language', async () => {
    const english = await examine('doctor --json', loggedIn());
    const chinese = await examine('doctor --json --lang zh', loggedIn());
    const withoutPlaces = ({ name, status, code, message, hint }: DoctorCheck) =>
      name === 'settings' ? { name, status } : { name, status, code, message, hint };
    expect(chinese.result.checks.map(withoutPlaces)).toEqual(
      english.result.checks.map(withoutPlaces),
    );
  });

  it.each([
    ['en', 'All required checks passed.', 'local port'],
    ['zh', '必需的检查均已通过。', '本机端口'],
  ])('uses language %s on a terminal', async (lang, verdict, title) => {
    const { stdout, exitCode } = await runCli(`doctor --no-color --lang ${lang}`, {
      environment: { ...loggedIn(), LANG: 'C.UTF-8' },
      isTerminal: true,
      columns: 120,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(verdict);
    expect(stdout).toContain(title);
  });

  it('prints one TSV line per check into a pipe', async () => {
    const { stdout } = await runCli('doctor', { environment: loggedIn() });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(CHECK_NAMES.length);
    expect(lines[0]).toMatch(/^pass\tfolder\t/);
  });
});

describe('doctor with a problem', () => {
  it('works without a login, and suggests hpc-desk login', async () => {
    const { result, exitCode } = await examine('doctor --json', base);
    expect(exitCode).toBe(8);
    expect(failedNames(result)).toEqual(['token']);
    expect(checkOf(result, 'token').hint).toBe('hpc-desk login');
  });

  it('works with damaged files, and still uses command-line options', async () => {
    writeStore('credentials.json', 'garbage');
    writeStore('settings.json', 'garbage');
    const { result, exitCode } = await examine('doctor --json --timeout 20s', base);
    expect(exitCode).toBe(8);
    expect(failedNames(result)).toEqual(['folder']);
    expect(checkOf(result, 'folder').code).toBe('store.damaged');
    expect(statusOf(result)).toMatchObject({ platform: 'pass', token: 'skip', viewers: /./ });
  });

  it('reports a variable with an invalid value, and continues', async () => {
    const { result } = await examine('doctor --json', { ...loggedIn(), HPC_DESK_VIA: 'a b' });
    expect(failedNames(result)).toEqual(['settings']);
    expect(checkOf(result, 'settings').message).toContain('HPC_DESK_VIA');
  });

  it('reports an invalid proxy variable', async () => {
    const environment = {
      ...base,
      HPC_DESK_API_URL: 'https://api.invalid',
      https_proxy: 'ftp://x',
    };
    const { result } = await examine('doctor --json', environment);
    expect(checkOf(result, 'proxy').status).toBe('fail');
    expect(checkOf(result, 'platform')).toMatchObject({
      code: 'blocked',
      details: { by: 'proxy' },
    });
  });

  it('reports an unreachable platform only once', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}`;
    const { result, exitCode } = await examine('doctor --json', {
      ...loggedIn(),
      HPC_DESK_API_URL: apiUrl,
    });
    expect(exitCode).toBe(8);
    expect(failedNames(result)).toEqual(['platform']);
    expect(checkOf(result, 'platform').message).toContain('ECONNREFUSED');
  });

  it('reports a token that the platform rejects', async () => {
    const { result } = await examine('doctor --json', { ...loggedIn(), HPC_DESK_TOKEN: 'x.y.z' });
    expect(failedNames(result)).toEqual(['cluster']);
    expect(checkOf(result, 'cluster').code).toBe('platform.refused');
  });

  it('times out if the platform never answers', async () => {
    const hole = await startScriptedServer([]);
    try {
      const environment = { ...loggedIn(), HPC_DESK_API_URL: hole.origin };
      const { result, exitCode } = await examine('doctor --json --timeout 4s', environment);
      expect(exitCode).toBe(8);
      expect(failedNames(result)).toEqual(['platform']);
      expect(result.checks).toHaveLength(CHECK_NAMES.length);
    } finally {
      await hole.close();
    }
  });
});

it('doctor exits immediately on Ctrl-C', async () => {
  const ended = await runCli('doctor', { environment: loggedIn(), signal: 'SIGINT' });
  expect(ended).toMatchObject({ exitCode: 130, stdout: '' });
});

describe('doctor --identity', () => {
  it('reports a missing key file, and continues', async () => {
    const { result, exitCode } = await examine('doctor --json --identity /no/such', loggedIn());
    expect([exitCode, failedNames(result)]).toEqual([8, ['keys']]);
    expect(checkOf(result, 'keys')).toMatchObject({
      code: 'usage.invalidValue',
      details: { name: '--identity', value: '/no/such' },
    });
  });

  it('reports an expired key', async () => {
    const key = join(folder, 'zhang_login.example_RsaKeyExpireTime_2020-01-01_00-00-00.txt');
    writeFileSync(key, '', { mode: 0o600 });
    const { result } = await examine(`doctor --json --identity ${key}`, loggedIn());
    expect(checkOf(result, 'keys').message).toBe(
      `the key ${key} expired at 2020-01-01 00:00:00 +08:00`,
    );
    expect(checkOf(result, 'loginNode').code).not.toBe('via.none');
  });

  it('redacts user and login node of the key in the report', async () => {
    const key = join(folder, 'zhangsan_127.0.0.1_RsaKeyExpireTime_2099-01-01_00-00-00.txt');
    writeFileSync(key, '', { mode: 0o600 });
    const file = join(folder, 'report.txt');
    await examine(`doctor --json --identity ${key} --report ${file}`, loggedIn());
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('using the key KEY_FILE');
    expect(text).not.toContain('zhangsan');
  });
});

describe('doctor --report', () => {
  const SENTINEL = 'SENTINEL-7f3a9c';

  it('writes the printed report with mode 0600 and without secrets', async () => {
    const file = join(folder, 'report.txt');
    const environment = {
      ...loggedIn(),
      HPC_DESK_VNC_PASSWORD: SENTINEL,
      https_proxy: `http://user:${SENTINEL}@127.0.0.1:1`,
      MY_API_TOKEN: `${SENTINEL}-token`,
      HPC_DESK_VIA: 'zhangsan@127.0.0.1:1',
    };
    const { result, stdout, stderr } = await examine(`doctor --json --report ${file}`, environment);
    const text = readFileSync(file, 'utf8');
    expect(result.report).toEqual({ file, text });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const output of [text, stdout, stderr]) {
      expect(output).not.toContain(SENTINEL);
      expect(output).not.toContain(place.token);
    }
    expect(text).not.toMatch(/zhangsan|test_1215/);
    expect(text).toContain('HPC_DESK_VNC_PASSWORD\n');
    for (const name of CHECK_NAMES) expect(text).toMatch(new RegExp(`^\\w+ +${name} \\[`, 'm'));
  });

  it('never replaces an existing file', async () => {
    const file = join(folder, 'report.txt');
    writeFileSync(file, 'mine');
    const { exitCode, stderr } = await runCli(`doctor --report ${file}`, { environment: base });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('EEXIST');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.each([
    ['y\r', 1],
    ['n\r', 0],
  ])('shows the report on a terminal and asks before writing it: %j', async (typed, count) => {
    const file = join(folder, 'report.txt');
    const running = await runCli(`doctor --no-color --report ${file}`, {
      environment: { ...base, LANG: 'C.UTF-8', TERM: 'xterm' },
      isTerminal: true,
      stdin: typed,
    });
    expect(running.stdout).toContain('pass folder [');
    expect(running.stderr).toContain(`Write this to ${file}?`);
    expect(existing(file)).toBe(count);
  });
});

interface Examination extends CliResult {
  readonly result: DoctorResult;
}

async function examine(line: string, environment: Record<string, string>): Promise<Examination> {
  const ended = await runCli(line, { environment });
  return { ...ended, result: JSON.parse(ended.stdout) };
}

function checkOf(result: DoctorResult, name: CheckName): DoctorCheck {
  const check = result.checks.find((candidate) => candidate.name === name);
  if (check === undefined) throw new Error(`no check ${name}`);
  return check;
}

function statusOf({ checks }: DoctorResult): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

function failedNames({ checks }: DoctorResult): string[] {
  return checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
}

function writeStore(name: string, text: string): void {
  const config = join(folder, 'config');
  mkdirSync(config, { recursive: true, mode: 0o700 });
  writeFileSync(join(config, name), text);
  chmodSync(join(config, name), 0o600);
}

function existing(file: string): number {
  return statSync(file, { throwIfNoEntry: false }) === undefined ? 0 : 1;
}
