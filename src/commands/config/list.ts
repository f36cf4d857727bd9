import { SETTING_NAMES, type Setting, type SettingName } from '../../model/settings.js';
import { defineCommand } from '../command.js';

export type ListResult = Readonly<
  Record<SettingName, { readonly value: string | null; readonly source: Setting['source'] }>
>;

/** Lists every setting, its value now, and what set it. */
export const listSettings = defineCommand<Record<never, never>, ListResult>({
  path: ['config', 'list'],
  help: {
    group: 'setup',
    summary: (messages) => messages.config.list.summary,
    examples: [
      { line: 'hpc-desk config list', caption: (messages) => messages.config.list.example },
      {
        line: 'hpc-desk config list --json',
        caption: (messages) => messages.config.list.exampleJson,
      },
    ],
  },
  output: {
    fields: SETTING_NAMES.flatMap((name) => [`${name}.value`, `${name}.source`]),
    rows: (result) =>
      SETTING_NAMES.map((name) => [name, result[name].value ?? '', result[name].source]),
  },

  parse: () => ({}),

  async run(context) {
    const entries = SETTING_NAMES.map(async (name) => {
      const { text = null, source } = await context.setting(name);
      return [name, { value: text, source }] as const;
    });
    return Object.fromEntries(await Promise.all(entries)) as ListResult;
  },

  view(result, ui) {
    const { setting, value, source } = ui.messages.config.list;
    const rows = SETTING_NAMES.map((name) => [
      name,
      result[name].value ?? '-',
      ui.messages.config.sources[result[name].source],
    ]);
    return ui.table([setting, value, source], rows, '');
  },
});
