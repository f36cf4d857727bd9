import { DeskError } from '../errors/desk-error.js';
import { nearestWord } from '../model/nearest-word.js';
import { parseSetting, SETTING_NAMES, SETTINGS, type SettingName } from '../model/settings.js';
import { type ArgumentSpec, defineCommand, helpOf } from './command.js';

const keyArgument: ArgumentSpec = {
  name: 'key',
  isRequired: true,
  summary: (messages) => messages.config.key,
  choices: SETTING_NAMES,
};

/** Lists every setting with its effective value and its source. */
export const listSettings = defineCommand({
  path: ['config', 'list'],
  help: helpOf('setup', (messages) => messages.config.list, {
    example: 'hpc-desk config list',
    exampleJson: 'hpc-desk config list --json',
  }),

  async run(context) {
    const entries = SETTING_NAMES.map(async (name) => {
      const { text = null, source } = await context.setting(name);
      return [name, { value: text, source }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  },

  output: {
    fields: SETTING_NAMES.flatMap((name) => [`${name}.value`, `${name}.source`]),
    rows: (result) =>
      Object.entries(result).map(([name, { value, source }]) => [name, value ?? '', source]),
  },
  view(result, ui) {
    const { labels, config } = ui.messages;
    const rows = Object.entries(result).map(([name, { value, source }]) => [
      name,
      value ?? '-',
      config.sources[source],
    ]);
    return ui.table([labels.setting, labels.value, labels.source], rows, '');
  },
});

/** Prints the effective value of a setting; an empty line if it is not set. */
export const getSetting = defineCommand({
  path: ['config', 'get'],
  help: helpOf('setup', (messages) => messages.config.get, {
    example: 'hpc-desk config get via',
    exampleUrl: 'hpc-desk config get apiUrl',
  }),
  arguments: [keyArgument],

  parse: (input) => ({ name: readKey(input.arguments[0]) }),

  run: async (context, { name }) => (await context.setting(name)).text ?? '',

  output: { fields: [] },
  view: (value, ui) => ui.theme.plain(value),
});

/** Stores a setting; refuses an invalid value. */
export const setSetting = defineCommand({
  path: ['config', 'set'],
  help: helpOf('setup', (messages) => messages.config.set, {
    example: 'hpc-desk config set via me@login.example:65023',
    exampleLang: 'hpc-desk config set lang zh',
  }),
  arguments: [
    keyArgument,
    { name: 'value', isRequired: true, summary: (messages) => messages.config.value },
  ],

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

  output: {
    fields: ['key', 'value'],
    names: ({ key }) => [key],
  },
  view: ({ key, value }, ui) => ui.theme.good(ui.messages.config.set.done(key, value)),
});

/** Removes a setting, which restores its default. */
export const unsetSetting = defineCommand({
  path: ['config', 'unset'],
  help: helpOf('setup', (messages) => messages.config.unset, {
    example: 'hpc-desk config unset via',
    exampleLang: 'hpc-desk config unset lang',
  }),
  arguments: [keyArgument],

  parse: (input) => ({ name: readKey(input.arguments[0]) }),

  async run(context, { name }) {
    await (await context.store()).settings.write(name, undefined);
    return { key: name };
  },

  output: {
    fields: ['key'],
    names: ({ key }) => [key],
  },
  view: ({ key }, ui) => ui.theme.good(ui.messages.config.unset.done(key)),
});

/** Prints the folder of settings and credentials. */
export const showPath = defineCommand({
  path: ['config', 'path'],
  help: helpOf('setup', (messages) => messages.config.path, {
    example: 'hpc-desk config path',
    exampleLs: 'ls -l "$(hpc-desk config path)"',
  }),

  run: async (context) => (await context.store()).folder,

  output: { fields: [] },
  view: (folder, ui) => ui.file(folder),
});

/** @throws usage.unknownSetting, with the nearest valid name */
function readKey(text: string | undefined): SettingName {
  const name = SETTING_NAMES.find((candidate) => candidate === text);
  if (name !== undefined) return name;
  const key = text ?? '';
  throw new DeskError('usage.unknownSetting', { key, suggestion: nearestWord(key, SETTING_NAMES) });
}
