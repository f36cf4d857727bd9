import { describe, expect, it } from 'vitest';
import { ordinaryWidth } from '../../../src/model/ordinary-text.js';
import { runCli } from '../../helpers/run-cli.js';

describe('a run', () => {
  it.each(['', '--help', 'help', 'vnc --help', '--lang zh'])(
    '%j shows help and succeeds',
    async (line) => {
      const { exitCode, stdout, stderr } = await runCli(line);
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(stdout).toContain('vnc connect [selector]');
    },
  );

  it.each(['--version', '-V', 'vnc list --version'])(
    '%s prints the version and nothing else',
    async (line) => {
      expect(await runCli(line)).toEqual({ exitCode: 0, stdout: '0.0.0-test\n', stderr: '' });
    },
  );

  it.each(['vnc bogus', 'bogus', 'vnc list --bogus', 'vnc list extra', 'vnc list -o'])(
    '%s is a usage error, as text or as one line of JSON',
    async (line) => {
      const words = await runCli(line);
      expect([words.exitCode, words.stdout]).toEqual([2, '']);
      expect(words.stderr).toMatch(/^error: .+\n(hint: {2}.+\n)?$/);
      const json = await runCli(`--json ${line}`);
      expect([json.exitCode, json.stdout]).toEqual([2, '']);
      expect(json.stderr).toMatch(/^\{"error":.*\}\n$/);
    },
  );

  it.each([
    ['bogus', 'hpc-desk --help'],
    ['vnc bogus', 'hpc-desk vnc --help'],
    ['vnc create --bogus', 'hpc-desk vnc create --help'],
    ['--lang zh --bogus vnc create', 'hpc-desk vnc create --help'],
    ['vnc rm a b', 'hpc-desk vnc rm --help'],
    ['vnc list -o name --fields nonsense', 'hpc-desk vnc list --help'],
    ['config get', 'hpc-desk config get --help'],
  ])('%s has a hint to the help of its command: %s', async (line, help) => {
    const { exitCode, stderr } = await runCli(`--json ${line}`);
    expect([exitCode, JSON.parse(stderr).error.hint]).toEqual([2, help]);
  });

  it.each(['vnc', 'config'])('%s alone prints its help and fails', async (group) => {
    const { exitCode, stdout, stderr } = await runCli(group);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toBe((await runCli(`${group} --help`)).stdout);
    const json = await runCli(`${group} --json`);
    expect(JSON.parse(json.stderr).error).toMatchObject({ code: 'usage.missingCommand' });
  });

  it('the version command prints the version', async () => {
    expect((await runCli('version')).stdout).toBe('0.0.0-test\n');
  });

  it.each(['en', 'zh'])(
    'wraps errors at word boundaries to the terminal width: %s',
    async (lang) => {
      const line = `--lang ${lang} vnc list --fields nonsense`;
      const wide = (await runCli(line)).stderr.split('\n')[0] ?? '';
      const options = { isTerminal: true, columns: 60, environment: { NO_COLOR: '1' } } as const;
      const lines = (await runCli(line, options)).stderr.trimEnd().split('\n').slice(0, -1);
      expect(ordinaryWidth(wide)).toBeGreaterThan(60);
      expect(lines.filter((one) => ordinaryWidth(one) > 60)).toEqual([]);
      const indent = lang === 'en' ? '       ' : '      ';
      expect(lines.slice(1).every((one) => one.startsWith(indent))).toBe(true);
      expect(
        lines
          .map((one) => one.trim())
          .join(' ')
          .replaceAll(' ', ''),
      ).toBe(wide.replaceAll(' ', ''));
    },
  );

  it('uses the language of LANG, which --lang overrides', async () => {
    const environment = { LANG: 'zh_CN.UTF-8' };
    expect((await runCli('bogus', { environment })).stderr).toMatch(/^错误/);
    expect((await runCli('--lang en bogus', { environment })).stderr).toMatch(/^error/);
  });

  it('colours errors only on a terminal or with --color', async () => {
    expect((await runCli('bogus', { isTerminal: true })).stderr).toContain('\x1b[31merror:');
    expect((await runCli('bogus', { isTerminal: ['stdout'] })).stderr).not.toContain('\x1b');
    expect((await runCli('--no-color bogus', { isTerminal: true })).stderr).not.toContain('\x1b');
    expect((await runCli('--color bogus')).stderr).toContain('\x1b');
  });
});
