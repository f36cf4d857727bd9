import { defineCommand, helpOf } from './command.js';

export const version = defineCommand<void, string>({
  path: ['version'],
  help: helpOf('setup', (messages) => messages.version, {
    example: 'hpc-desk version',
    exampleJson: 'hpc-desk version --json',
  }),
  output: { fields: [] },

  run: async (context) => context.runtime.version,

  view: (text, ui) => ui.theme.plain(text),
});
