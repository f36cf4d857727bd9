import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECK_NAMES } from '../../../src/model/finding.js';
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
  it('passes all checks, and reports the RFB properties of the desktop', async () => {
    const { exitCode, stdout, stderr } = await desk.run('vnc check --json');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      healthy: true,
      checks: PASSES,
      rfb: { version: '003.008', securityTypes: [1], ...geometry, desktopName: 'hpc-desk sandbox' },
    });
  });

  it('prints one untranslated line per check into a pipe', async () => {
    const { stdout } = await desk.run('vnc check', { environment: { HPC_DESK_LANG: 'zh' } });
    expect(stdout.replaceAll(/\d+$/gm, 'N')).toBe(
      PASSES.map(({ name }) => `${name}\tpass\t\tN\n`).join(''),
    );
  });

  it('is translated on a terminal', async () => {
    const isTerminal = true;
    const english = await desk.run('vnc check --no-color', { isTerminal });
    expect(english.stdout).toMatch(/first frame\s+ok\s+\d+ ms/);
    expect(english.stdout).toContain('The desktop works.');
    expect(english.stdout).toContain('“hpc-desk sandbox”, 320×200, RFB 3.8, no authentication');
    const chinese = await desk.run('vnc check --no-color --lang zh', { isTerminal });
    expect(chinese.stdout).toContain('桌面可用');
  });

  it('exits with 8 when a check fails, and creates no session', async () => {
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

  it('keeps JSON messages in English with --lang zh', async () => {
    const { stdout } = await empty.run('vnc check --json --lang zh');
    expect(JSON.parse(stdout).checks[1].message).toBe('you have no session');
  });

  it('prints the same keys per check as doctor, in the same order', async () => {
    const keysOf = async (line: string) =>
      JSON.parse((await empty.run(line)).stdout).checks.map((check: object) => Object.keys(check));
    const keys = ['name', 'status', 'message', 'hint', 'code', 'details', 'elapsedMs'];
    expect(await keysOf('vnc check --json')).toEqual(Array(7).fill(keys));
    expect(await keysOf('doctor --json')).toEqual(Array(CHECK_NAMES.length).fill(keys));
  });

  it('prints the failure and a hint on a terminal', async () => {
    const { exitCode, stdout } = await empty.run('vnc check --no-color', { isTerminal: true });
    expect(exitCode).toBe(8);
    expect(stdout).toContain('you have no session\nhint: hpc-desk vnc create');
  });

  it('prints a GitHub annotation on stderr, but not with --json', async () => {
    const environment = { GITHUB_ACTIONS: 'true' };
    const { stdout, stderr } = await empty.run('vnc check', { environment });
    expect(stderr).toContain('::error title=hpc-desk vnc check::you have no session\n');
    expect(stdout).not.toContain('::');
    const json = await empty.run('vnc check --json', { environment });
    expect(json.stderr).toBe('');
    expect((await desk.run('vnc check', { environment })).stderr).not.toContain('::');
  });

  it('fails the first check if not logged in', async () => {
    const { exitCode, stdout } = await desk.run('vnc check --json --profile nobody');
    expect([exitCode, JSON.parse(stdout).checks[0].code]).toEqual([8, 'auth.required']);
  });

  it.each(['vnc check --route ssh', 'vnc check --via -oProxyCommand=x', 'vnc check --route x'])(
    'rejects invalid options: %s',
    async (line) => {
      expect(await desk.run(line)).toMatchObject({ exitCode: 2, stdout: '' });
    },
  );

  it('passes VNC authentication with the password, and does not print it', async () => {
    const environment = { HPC_DESK_VNC_PASSWORD: PASSWORD };
    const { exitCode, stdout, stderr } = await locked.run('vnc check --debug', { environment });
    expect(exitCode).toBe(0);
    expect(stdout + stderr).not.toContain(PASSWORD);
  });

  it.each([[undefined], ['wrong']])(
    'fails VNC authentication with the password %s, and skips the frame',
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
