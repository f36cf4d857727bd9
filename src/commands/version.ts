import { defineCommand } from './command.js';

export const version = defineCommand<Record<never, never>, string>({
  path: ['version'],
  help: {
    group: 'setup',
    summary: (messages) => messages.version.summary,
    examples: [
      { line: 'hpc-desk version', caption: (messages) => messages.version.example },
      { line: 'hpc-desk version --json', caption: (messages) => messages.version.exampleJson },
    ],
  },
  output: { fields: [] },

  parse: () => ({}),

  run: async (context) => context.runtime.version,

  view: (text, ui) => ui.theme.plain(text),
});
