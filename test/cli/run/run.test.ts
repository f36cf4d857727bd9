import { describe, expect, it } from 'vitest';
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
    '%s prints the version alone',
    async (line) => {
      expect(await runCli(line)).toEqual({ exitCode: 0, stdout: '0.0.0-test\n', stderr: '' });
    },
  );

  it.each(['vnc', 'vnc bogus', 'bogus', 'vnc list --bogus', 'vnc list extra', 'vnc list -o'])(
    '%s is a usage error, in words or in one line of JSON',
    async (line) => {
      const words = await runCli(line);
      expect([words.exitCode, words.stdout]).toEqual([2, '']);
      expect(words.stderr).toMatch(/^error: .+\n(hint: {2}.+\n)?$/);
      const json = await runCli(`--json ${line}`);
      expect([json.exitCode, json.stdout]).toEqual([2, '']);
      expect(json.stderr).toMatch(/^\{"error":.*\}\n$/);
    },
  );

  it('speaks the language of the environment, which the option overrules', async () => {
    const environment = { LANG: 'zh_CN.UTF-8' };
    expect((await runCli('vnc', { environment })).stderr).toMatch(/^错误/);
    expect((await runCli('--lang en vnc', { environment })).stderr).toMatch(/^error/);
  });

  it('has coloured errors on a terminal only', async () => {
    expect((await runCli('vnc', { isTerminal: true })).stderr).toContain('\x1b[31merror:');
    expect((await runCli('vnc', { isTerminal: ['stdout'] })).stderr).not.toContain('\x1b');
    expect((await runCli('--no-color vnc', { isTerminal: true })).stderr).not.toContain('\x1b');
    expect((await runCli('--color vnc')).stderr).toContain('\x1b');
  });
});
