import { expect, it } from 'vitest';
import { commandTree } from '../../../src/cli/help/command-tree.js';
import { commands } from '../../../src/commands/index.js';
import { COMPLETION_FILES } from '../../../src/completions/completion-files.js';
import { en } from '../../../src/i18n/en/index.js';
import { runCli } from '../../helpers/run-cli.js';

it.each(COMPLETION_FILES)(
  'the $shell script is printed unchanged, into a pipe and on a terminal',
  async ({ shell, write }) => {
    const written = write(commandTree(commands, en));
    expect(await runCli(`completion ${shell}`)).toEqual({
      exitCode: 0,
      stdout: written,
      stderr: '',
    });
    expect((await runCli(`completion ${shell}`, { isTerminal: true })).stdout).toBe(written);
  },
);

it('an unknown shell is rejected with a suggestion', async () => {
  const { exitCode, stderr } = await runCli('completion zhs');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('did you mean “zsh”?');
});
