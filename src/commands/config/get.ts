import type { SettingName } from '../../model/settings.js';
import { defineCommand } from '../command.js';
import { keyArgument, readKey } from './key.js';

/** Prints the value of one setting as it counts now; nothing where nothing sets it. */
export const getSetting = defineCommand<{ readonly name: SettingName }, string>({
  path: ['config', 'get'],
  help: {
    group: 'setup',
    summary: (messages) => messages.config.get.summary,
    examples: [
      { line: 'hpc-desk config get via', caption: (messages) => messages.config.get.example },
      { line: 'hpc-desk config get apiUrl', caption: (messages) => messages.config.get.exampleUrl },
    ],
  },
  arguments: [keyArgument],
  output: {
    fields: [],
  },

  parse: (input) => ({ name: readKey(input.arguments[0]) }),

  run: async (context, { name }) => (await context.setting(name)).text ?? '',

  view: (value, ui) => ui.theme.plain(value),
});
