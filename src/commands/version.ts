import { defineCommand, helpOf } from './command.js';

export const version = defineCommand({
  path: ['version'],
  help: helpOf('setup', (messages) => messages.version, {
    example: 'hpc-desk version',
    exampleJson: 'hpc-desk version --json',
  }),

  run: async (context) => context.runtime.version,

  output: { fields: [] },
  view: (text, ui) => ui.theme.plain(text),
});
