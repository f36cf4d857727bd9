import { COMPLETION_FILES } from '../completions/completion-files.js';
import { defineCommand } from './command.js';
import { oneOf } from './options.js';

const SHELLS = COMPLETION_FILES.map(({ shell }) => shell);

/** Prints the completion script of a shell. */
export const completion = defineCommand<{ readonly shell: string }, string>({
  path: ['completion'],
  group: 'setup',
  summary: (messages) => messages.completion.summary,
  arguments: [
    {
      name: 'shell',
      isRequired: true,
      summary: (messages) => messages.completion.shell,
      choices: SHELLS,
    },
  ],
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
  fields: [],
  parse: (input) => ({ shell: oneOf('<shell>', input.arguments[0] ?? '', SHELLS) }),

  async run(context, { shell }) {
    const file = COMPLETION_FILES.find((candidate) => candidate.shell === shell);
    return (file?.write(context.commandTree()) ?? '').trimEnd();
  },

  view: (script) => script,
});
