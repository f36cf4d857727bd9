import { SHELLS, type Shell, shellOfPath } from '../../domain/completion/completion-places.js';
import { DeskError } from '../../errors/desk-error.js';
import type { ShellFiles } from '../../store/shell-files.js';
import { type ArgumentSpec, defineCommand, helpOf } from '../command.js';
import type { Context, Runtime } from '../context.js';
import { oneOf } from '../options.js';

/** Prints the completion script of a shell. */
export const printCompletion = defineCommand({
  path: ['completion'],
  help: helpOf('setup', (messages) => messages.completion, {
    example: 'hpc-desk completion bash > ~/.local/share/bash-completion/completions/hpc-desk',
    exampleZsh: 'hpc-desk completion zsh > ~/.zfunc/_hpc-desk',
  }),
  arguments: [
    {
      name: 'shell',
      isRequired: true,
      summary: (messages) => messages.completion.shell,
      choices: SHELLS,
    },
  ],

  parse: (input) => ({ shell: oneOf('<shell>', input.arguments[0] ?? '', SHELLS) }),

  run: async (context, { shell }) => (await writeScript(shell, context)).trimEnd(),

  output: { fields: [] },
  view: (script) => script,
});

export const optionalShell = (summary: ArgumentSpec['summary']): ArgumentSpec => ({
  name: 'shell',
  isRequired: false,
  summary,
  choices: SHELLS,
});

/** @throws usage.invalidValue */
export function readShell(word: string | undefined): Shell | undefined {
  return word === undefined ? undefined : oneOf('<shell>', word, SHELLS);
}

/**
 * The user's shell: from SHELL, which Git Bash sets on Windows too, else PowerShell on Windows.
 *
 * @throws usage.missingArgument, usage.invalidValue
 */
export function shellOfUser(
  { SHELL }: Runtime['environment'],
  platform: ShellFiles['platform'],
): Shell {
  if (!SHELL && platform === 'win32') return 'powershell';
  if (!SHELL) throw new DeskError('usage.missingArgument', { argument: 'shell' });
  const shell = shellOfPath(SHELL);
  if (shell !== undefined) return shell;
  const expected = SHELLS.join(', ');
  throw new DeskError('usage.invalidValue', { name: 'SHELL', value: SHELL, expected });
}

export async function writeScript(shell: Shell, context: Context): Promise<string> {
  const { COMPLETION_FILES } = await import('../../completions/completion-files.js');
  const file = COMPLETION_FILES.find((candidate) => candidate.shell === shell);
  return file?.write(context.runtime.commandTree()) ?? '';
}
