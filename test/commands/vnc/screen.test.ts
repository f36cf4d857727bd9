import { execFile } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_NAMES } from '../../../src/model/finding.js';
import { BIN } from '../../helpers/run-bin.js';
import { openTestDesk } from '../test-desk.js';

const PASSWORD = 'dragon42';
const geometry = { widthPx: 320, heightPx: 200 };
const desk = openTestDesk({ geometry });
const locked = openTestDesk({ geometry, vncPassword: PASSWORD });
const empty = openTestDesk();

beforeAll(async () => {
  for (const one of [desk, locked, empty]) await one.logIn();
  for (const one of [desk, locked]) await one.run('vnc create');
});
afterAll(async () => {
  for (const one of [desk, locked]) await one.run('vnc delete --yes');
});

const SENTENCES = {
  login: 'login accepted by the platform',
  session: 'session exists',
  route: 'route to the node',
  port: 'VNC port reachable',
  rfb: 'RFB handshake',
  security: 'authentication',
  frame: 'first frame',
};
const PASSES = Object.entries(SENTENCES).map(([name, message]) => ({
  name,
  status: 'pass',
  message,
  hint: null,
  code: 'check.passed',
  details: { step: name },
  elapsedMs: expect.any(Number),
}));

describe('vnc check', () => {
  it('passes everywhere, and tells what the desktop says of itself', async () => {
    const { exitCode, stdout, stderr } = await desk.run('vnc check --json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      healthy: true,
      checks: PASSES,
      rfb: { version: '003.008', securityTypes: [1], ...geometry, desktopName: 'hpc-desk sandbox' },
    });
  });

  it('is one line a check in a pipe, and has no words of any language', async () => {
    const { stdout } = await desk.run('vnc check', { environment: { HPC_DESK_LANG: 'zh' } });
    expect(stdout.replaceAll(/\d+$/gm, 'N')).toBe(
      PASSES.map(({ name }) => `${name}\tpass\t\tN\n`).join(''),
    );
  });

  it('speaks to people in their language', async () => {
    const isTerminal = true;
    const english = await desk.run('vnc check --no-color', { isTerminal });
    expect(english.stdout).toMatch(/first frame\s+ok\s+\d+ ms/);
    expect(english.stdout).toContain('The desktop works.');
    expect(english.stdout).toContain('“hpc-desk sandbox”, 320×200, RFB 3.8, no authentication');
    const chinese = await desk.run('vnc check --no-color --lang zh', { isTerminal });
    expect(chinese.stdout).toContain('桌面可用');
  });

  it('ends with 8 when something is wrong, and creates nothing', async () => {
    const { exitCode, stdout } = await empty.run('vnc check --json');
    const { healthy, checks, rfb } = JSON.parse(stdout);
    expect([exitCode, healthy, rfb]).toEqual([8, false, null]);
    expect(checks.map(({ status }: { status: string }) => status)).toEqual([
      'pass',
      'fail',
      ...Array(5).fill('skip'),
    ]);
    expect(checks[1]).toEqual({
      name: 'session',
      status: 'fail',
      message: 'you have no session',
      hint: 'hpc-desk vnc create',
      code: 'session.notFound',
      details: {},
      elapsedMs: expect.any(Number),
    });
    expect(checks[2]).toEqual({
      name: 'route',
      status: 'skip',
      message: 'skipped because “session exists” failed',
      hint: null,
      code: 'check.skipped',
      details: { after: 'session' },
      elapsedMs: 0,
    });
    expect(empty.requests.map(({ method }) => method)).not.toContain('PUT');
  });

  it('says the same to programs in whatever language', async () => {
    const { stdout } = await empty.run('vnc check --json --lang zh');
    expect(JSON.parse(stdout).checks[1].message).toBe('you have no session');
  });

  it('has the keys of doctor, in its order', async () => {
    const keysOf = async (line: string) =>
      JSON.parse((await empty.run(line)).stdout).checks.map((check: object) => Object.keys(check));
    const keys = ['name', 'status', 'message', 'hint', 'code', 'details', 'elapsedMs'];
    expect(await keysOf('vnc check --json')).toEqual(Array(7).fill(keys));
    expect(await keysOf('doctor --json')).toEqual(Array(CHECK_NAMES.length).fill(keys));
  });

  it('tells people the sentence and what to do', async () => {
    const { exitCode, stdout } = await empty.run('vnc check --no-color', { isTerminal: true });
    expect(exitCode).toBe(8);
    expect(stdout).toContain('you have no session\nhint: hpc-desk vnc create');
  });

  it('writes an annotation where GitHub reads it, but not into JSON', async () => {
    const environment = { GITHUB_ACTIONS: 'true' };
    const { stdout, stderr } = await empty.run('vnc check', { environment });
    expect(stderr).toContain('::error title=hpc-desk vnc check::you have no session\n');
    expect(stdout).not.toContain('::');
    const json = await empty.run('vnc check --json', { environment });
    expect(json.stderr).toBe('');
    expect((await desk.run('vnc check', { environment })).stderr).not.toContain('::');
  });

  it('is not logged in: the first check fails', async () => {
    const { exitCode, stdout } = await desk.run('vnc check --json --profile nobody');
    expect([exitCode, JSON.parse(stdout).checks[0].code]).toEqual([8, 'auth.required']);
  });

  it.each(['vnc check --route ssh', 'vnc check --via -oProxyCommand=x', 'vnc check --route x'])(
    'refuses what cannot be meant: %s',
    async (line) => {
      expect(await desk.run(line)).toMatchObject({ exitCode: 2, stdout: '' });
    },
  );

  it('opens a locked desktop with the password, which is shown nowhere', async () => {
    const environment = { HPC_DESK_VNC_PASSWORD: PASSWORD };
    const { exitCode, stdout, stderr } = await locked.run('vnc check --debug', { environment });
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  it.each([[undefined], ['wrong']])(
    'stops at a locked desktop with the password %s',
    async (password) => {
      const environment = { HPC_DESK_VNC_PASSWORD: password };
      const { exitCode, stdout } = await locked.run('vnc check --json', { environment });
      const { checks } = JSON.parse(stdout);
      expect(exitCode).toBe(8);
      expect(checks[5]).toMatchObject({ name: 'security', code: 'rfb.authFailed' });
      expect(checks[6]).toMatchObject({ name: 'frame', status: 'skip' });
    },
  );
});

describe('vnc screenshot', () => {
  const at = (name: string) => join(desk.folder, name);

  it('saves a PNG that only its owner can read, and says where', async () => {
    const file = at('a.png');
    const { exitCode, stdout } = await desk.run(['vnc', 'screenshot', '--file', file, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ file, ...geometry, bytes: statSync(file).size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const png = readFileSync(file);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([320, 200]);
  });

  it('refuses to overwrite', async () => {
    writeFileSync(at('mine.png'), 'mine');
    const line = ['vnc', 'screenshot', '--file', at('mine.png')];
    expect(await desk.run(line)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(readFileSync(at('mine.png'), 'utf8')).toBe('mine');
  });

  it('draws for people and saves nothing', async () => {
    const { stdout } = await desk.run('vnc screenshot --show', { isTerminal: true, columns: 40 });
    expect(stdout.split('\n')[0]?.match(/▀/g)).toHaveLength(40);
    // The first bar of the test card is white, inside its frame.
    expect(stdout).toContain('\x1b[38;2;255;255;255m');
    const kitty = { isTerminal: true, environment: { TERM: 'xterm-kitty' } };
    const shown = await desk.run(['vnc', 'screenshot', '--show', '--file', at('k.png')], kitty);
    expect(shown.stdout).toMatch(/^\x1b_Ga=T,f=100,q=2,c=80,/);
    const link = `\x1b]8;;${pathToFileURL(at('k.png')).href}\x1b\\${at('k.png')}\x1b]8;;\x1b\\`;
    expect(shown.stdout).toContain(`Saved ${link} (320×200).`);
  });

  it.each([
    ['vnc screenshot --file -', true],
    ['vnc screenshot --show', false],
    ['vnc screenshot --file - --json', false],
    ['vnc screenshot --file - --field file', false],
    ['vnc screenshot --file - --show', true],
    ["vnc screenshot --file ''", false],
  ])('refuses %s (terminal: %s) before it asks anybody', async (line, isTerminal) => {
    const before = desk.requests.length;
    expect(await desk.run(line, { isTerminal })).toMatchObject({ exitCode: 2, stdout: '' });
    expect(desk.requests).toHaveLength(before);
  });

  it('is only bytes on standard output, the same as in the file', async () => {
    const file = at('b.png');
    await desk.run(['vnc', 'screenshot', '--file', file]);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [BIN, 'vnc', 'screenshot', '--file', '-', '-q'],
      {
        encoding: 'buffer',
        env: { PATH: process.env.PATH, HPC_DESK_CONFIG_DIR: desk.folder },
      },
    );
    expect(stdout).toEqual(readFileSync(file));
  });

  it('needs the password of a locked desktop', async () => {
    const line = ['vnc', 'screenshot', '--file', at('c.png'), '--json'];
    const { exitCode, stderr } = await locked.run(line);
    expect([exitCode, JSON.parse(stderr).error.code]).toEqual([7, 'rfb.authFailed']);
    const environment = { HPC_DESK_VNC_PASSWORD: PASSWORD };
    expect(await locked.run(line, { environment })).toMatchObject({ exitCode: 0 });
  });
});
