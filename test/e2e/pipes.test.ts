import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../helpers/eventually.js';
import { type DeskHome, logIn, openDeskHome } from '../helpers/open-desk-home.js';
import { describeWith } from '../helpers/real-components.js';
import { BIN } from '../helpers/run-bin.js';
import { startOnTerminal } from '../helpers/start-on-terminal.js';
import { startSilentPlatform } from '../helpers/start-silent-platform.js';

let user: DeskHome;

beforeEach(async () => {
  user = await openDeskHome();
});

afterEach(() => user?.close());

describe('a closed stdout is not an error', () => {
  test('… | head -1', async () => {
    const line = '{ "$@"; echo "exit $?" >&2; } | head -1';
    const shell = spawn('sh', ['-c', line, 'sh', process.execPath, BIN, '--help'], {
      env: user.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
    expect(stdout.split('\n')).toEqual([expect.stringMatching(/\w/), '']);
    expect(stderr).toBe('exit 0\n');
  });

  test.each([
    ['--help'],
    ['--version'],
    ['completion bash'],
    ['config list'],
    ['config list --json'],
    ['sandbox --desktop builtin --quiet'],
  ])('%s, with the reader closed from the start', async (line) => {
    const child = spawn(process.execPath, [BIN, ...line.split(' ')], {
      env: user.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const [stderr, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});

test.each(['--help', '--version', 'config list'])(
  'a full disk (ENOSPC) for the output of %s is reported in one sentence',
  async (line) => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [BIN, ...line.split(' ')], {
      env: user.environment,
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    const [stderr, [exitCode]] = await Promise.all([
      text(child.stderr as NodeJS.ReadableStream),
      once(child, 'exit'),
    ]);
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toMatch(/^error: .*ENOSPC.*\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  },
);

describe('output to a pipe', () => {
  const TABLE = ['config', 'list', '-o', 'table'];
  const plain: readonly (readonly [string, Record<string, string>, string[]])[] = [
    ['nothing set', {}, []],
    ['TERM=xterm', { TERM: 'xterm-256color', COLORTERM: 'truecolor' }, []],
    ['CI', { CI: 'true' }, []],
    ['CI of GitHub', { CI: 'true', GITHUB_ACTIONS: 'true' }, []],
    ['NO_COLOR against FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, []],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, []],
    ['--no-color against FORCE_COLOR', { FORCE_COLOR: '1' }, ['--no-color']],
  ];

  test.each(plain)('contains no escape sequences: %s', async (_title, environment, more) => {
    const [table, error] = await Promise.all([
      user.run([...TABLE, ...more], { environment }),
      user.run(['nosuch', ...more], { environment }),
    ]);
    expect(table).toMatchObject({ exitCode: 0, stderr: '' });
    expect(table.stdout).not.toContain('\u001b');
    expect(error).toMatchObject({ exitCode: 2, stdout: '' });
    expect(error.stderr).not.toContain('\u001b');
  });

  test.each([
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, []],
    ['--color', {}, ['--color']],
  ])('has colour on request: %s', async (_title, environment, more) => {
    const { stdout } = await user.run([...TABLE, ...more], { environment });
    expect(stdout).toContain('\u001b[');
  });

  test('JSON contains no escape sequences even if colour is forced', async () => {
    const environment = { FORCE_COLOR: '3', CLICOLOR_FORCE: '1' };
    const { stdout } = await user.run(['config', 'list', '--json', '--color'], { environment });
    expect(stdout).not.toContain('\u001b');
    expect(JSON.parse(stdout)).toHaveProperty('timeout');
  });
});

describeWith(['script', 'stty'], 'on a terminal', () => {
  const onTerminal = (words: readonly string[], columns: number, environment = {}) =>
    startOnTerminal(words, { columns, environment: { ...user.environment, ...environment } });

  test('a table has colour', async () => {
    const { exitCode, output } = await onTerminal(['config', 'list'], 80).ended;
    expect(exitCode).toBe(0);
    expect(output).toContain('\u001b[1mSETTING');
  });

  test.each([
    ['NO_COLOR', { NO_COLOR: '1' }],
    ['TERM=dumb', { TERM: 'dumb' }],
  ])('a table has no colour with %s', async (_title, environment) => {
    const { exitCode, output } = await onTerminal(['config', 'list'], 80, environment).ended;
    expect(exitCode).toBe(0);
    expect(output).toContain('SETTING');
    expect(output).not.toContain('\u001b');
  });

  describe('while the platform does not respond', () => {
    let platform: Awaited<ReturnType<typeof startSilentPlatform>>;
    beforeEach(async () => {
      platform = await startSilentPlatform();
      await logIn(user, { apiUrl: platform.apiUrl, token: 'anything' });
    });
    afterEach(() => platform?.close());

    const FRAME = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;

    test('shows a spinner and restores the cursor', async () => {
      const run = onTerminal(['vnc', 'list'], 80);
      await eventually(() => FRAME.test(run.output()));
      platform.speak();
      const { exitCode, output } = await run.ended;
      expect(exitCode).toBe(0);
      expect(output).toContain('\u001b[?25l');
      expect(output.lastIndexOf('\u001b[?25h')).toBeGreaterThan(output.lastIndexOf('\u001b[?25l'));
    });

    test.each([
      ['that is dumb', 80, { TERM: 'dumb' }],
      ['of a CI', 80, { CI: 'true', NO_COLOR: '1' }],
      ['without a width', 0, { NO_COLOR: '1' }],
    ])('a terminal %s gets a plain line and no spinner', async (_title, columns, environment) => {
      const run = onTerminal(['vnc', 'list'], columns, environment);
      await eventually(() => run.output().includes('Contacting'));
      platform.speak();
      const { exitCode, output } = await run.ended;
      expect(exitCode).toBe(0);
      expect(output).not.toContain('\u001b');
      expect(output).not.toMatch(FRAME);
    });
  });
});
