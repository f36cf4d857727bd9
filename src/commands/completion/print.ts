import { defineCommand } from '../command.js';
import { oneOf } from '../options.js';
import { SHELLS, writeScript } from './shells.js';

/** Prints the completion script of a shell. */
export const printCompletion = defineCommand<{ readonly shell: string }, string>({
  path: ['completion'],
  help: {
    group: 'setup',
    summary: (messages) => messages.completion.summary,
    examples: [
      {
        line: 'hpc-desk completion bash > ~/.local/share/bash-completion/completions/hpc-desk',
        caption: (messages) => messages.completion.example,
      },
      {
        line: 'hpc-desk completion zsh > ~/.zfunc/_hpc-desk',
        caption: (messages) => messages.completion.exampleZsh,
      },
    ],
  },
  arguments: [
    {
      name: 'shell',
      isRequired: true,
      summary: (messages) => messages.completion.shell,
      choices: SHELLS,
    },
  ],
  output: {
    fields: [],
  },

  parse: (input) => ({ shell: oneOf('<shell>', input.arguments[0] ?? '', SHELLS) }),

  run: async (context, { shell }) => (await writeScript(shell, context)).trimEnd(),

  view: (script) => script,
});
