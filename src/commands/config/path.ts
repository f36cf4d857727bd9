import { defineCommand } from '../command.js';

/** Prints the folder that holds settings and credentials. */
export const showPath = defineCommand<Record<never, never>, string>({
  path: ['config', 'path'],
  help: {
    group: 'setup',
    summary: (messages) => messages.config.path.summary,
    examples: [
      { line: 'hpc-desk config path', caption: (messages) => messages.config.path.example },
      {
        line: 'ls -l "$(hpc-desk config path)"',
        caption: (messages) => messages.config.path.exampleLs,
      },
    ],
  },
  output: {
    fields: [],
  },

  parse: () => ({}),

  run: async (context) => (await context.store()).folder,

  view: (folder, ui) => ui.file(folder),
});
