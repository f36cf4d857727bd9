import type { SettingName } from '../../model/settings.js';
import { defineCommand } from '../command.js';
import { keyArgument, readKey } from './key.js';

export interface UnsetResult {
  readonly key: SettingName;
}

/** Removes one setting, so that its default counts again. */
export const unsetSetting = defineCommand<{ readonly name: SettingName }, UnsetResult>({
  path: ['config', 'unset'],
  help: {
    group: 'setup',
    summary: (messages) => messages.config.unset.summary,
    examples: [
      { line: 'hpc-desk config unset via', caption: (messages) => messages.config.unset.example },
      {
        line: 'hpc-desk config unset lang',
        caption: (messages) => messages.config.unset.exampleLang,
      },
    ],
  },
  arguments: [keyArgument],
  output: {
    fields: ['key'],
    names: ({ key }) => [key],
  },

  parse: (input) => ({ name: readKey(input.arguments[0]) }),

  async run(context, { name }) {
    await (await context.store()).settings.write(name, undefined);
    return { key: name };
  },

  view: ({ key }, ui) => ui.theme.good(ui.messages.config.unset.done(key)),
});
