import { DeskError } from '../../errors/desk-error.js';
import { parseSetting, SETTINGS, type SettingName } from '../../model/settings.js';
import { defineCommand } from '../command.js';
import { keyArgument, readKey } from './key.js';

export interface SetOptions {
  readonly name: SettingName;
  readonly value: string;
}

export interface SetResult {
  readonly key: SettingName;
  readonly value: string;
}

/** Stores one setting; a value that could never work is refused before it is written. */
export const setSetting = defineCommand<SetOptions, SetResult>({
  path: ['config', 'set'],
  help: {
    group: 'setup',
    summary: (messages) => messages.config.set.summary,
    examples: [
      {
        line: 'hpc-desk config set via me@login.example:65023',
        caption: (messages) => messages.config.set.example,
      },
      {
        line: 'hpc-desk config set lang zh',
        caption: (messages) => messages.config.set.exampleLang,
      },
    ],
  },
  arguments: [
    keyArgument,
    { name: 'value', isRequired: true, summary: (messages) => messages.config.value },
  ],
  output: {
    fields: ['key', 'value'],
    names: ({ key }) => [key],
  },

  parse(input) {
    const name = readKey(input.arguments[0]);
    const value = input.arguments[1] ?? '';
    if (parseSetting(name, value) === undefined) {
      const { expected } = SETTINGS[name];
      throw new DeskError('usage.invalidValue', { name, value, expected });
    }
    return { name, value };
  },

  async run(context, { name, value }) {
    await (await context.store()).settings.write(name, value);
    return { key: name, value };
  },

  view: ({ key, value }, ui) => ui.theme.good(ui.messages.config.set.done(key, value)),
});
