import { allFields, type Command } from '../../commands/command.js';
import { EXIT_CODES, type Family } from '../../errors/codes.js';
import type { TopicTexts } from '../../i18n/locale.js';
import { VIEWER_ROWS } from '../../transport/viewer/catalogue.js';
import type { ViewerRow } from '../../transport/viewer/viewer-row.js';
import { FORMATS } from '../output/output-options.js';
import { SIGNAL_EXIT_CODES } from '../run/signals.js';
import { codesOf } from './command-tree.js';
import type { TopicName } from './help-request.js';

/** A help topic; its facts come from the program's own tables. */
export interface Topic {
  readonly sections: readonly TopicSection[];
  readonly examples: readonly (readonly [line: string, caption: string])[];
}

export interface TopicSection {
  readonly title?: string;
  readonly paragraphs?: readonly string[];
  readonly rows?: readonly TopicRow[];
}

export type TopicRow = readonly [term: string, description: string];

type MakeTopic = (texts: TopicTexts, commands: readonly Command[]) => Topic;

export const MAKE_TOPIC: Readonly<Record<TopicName, MakeTopic>> = {
  environment({ environment: texts }) {
    const groups = Object.keys(texts.groups) as (keyof typeof texts.groups)[];
    return {
      sections: [
        { paragraphs: [texts.intro] },
        ...groups.map((name) => ({
          title: texts.groups[name],
          rows: Object.entries(texts.variables[name]),
        })),
      ],
      examples: [
        ['HPC_DESK_TOKEN="$TOKEN" hpc-desk vnc list --json', texts.examples.token],
        ['HPC_DESK_LANG=zh hpc-desk doctor', texts.examples.lang],
      ],
    };
  },

  'exit-codes'({ exitCodes: texts }) {
    const families = Object.entries(EXIT_CODES) as [Family, number][];
    return {
      sections: [
        { paragraphs: [texts.intro] },
        {
          title: texts.title,
          rows: [
            ['0', texts.success],
            ...families.map(([family, code]): TopicRow => [`${code}`, texts.families[family]]),
            ...Object.entries(SIGNAL_EXIT_CODES).map(([name, code]): TopicRow => {
              const write = name === 'SIGINT' ? texts.cancelled : texts.signal;
              return [`${code}`, write(name)];
            }),
          ],
        },
        {
          title: texts.codesTitle,
          paragraphs: [texts.json],
          rows: families.map(([family, code]) => [`${code} ${family}`, codesOf(family).join(', ')]),
        },
      ],
      examples: [
        ['hpc-desk vnc check; echo $?', texts.examples.check],
        ['hpc-desk vnc show --json 2>&1 | grep code', texts.examples.json],
      ],
    };
  },

  output: ({ output: texts }, commands) => ({
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.formatsTitle, rows: FORMATS.map((name) => [name, texts.formats[name]]) },
      { title: texts.optionsTitle, rows: Object.entries(texts.fieldOptions) },
      { paragraphs: [texts.promise] },
      {
        title: texts.fieldsTitle,
        rows: commands
          .map(({ path, output }): TopicRow => [path.join(' '), allFields(output).join(', ')])
          .filter(([, fields]) => fields !== ''),
      },
    ],
    examples: [
      ['port=$(hpc-desk vnc create --field port)', texts.examples.field],
      ['hpc-desk vnc list --fields name,ip,port', texts.examples.fields],
      ['eval "$(hpc-desk vnc show -o env)"', texts.examples.env],
    ],
  }),

  proxy: ({ proxy: texts, environment }) => ({
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.variablesTitle, rows: Object.entries(environment.variables.network) },
      { title: texts.rulesTitle, rows: Object.entries(texts.rules) },
      { paragraphs: [texts.ssh, texts.tls] },
    ],
    examples: [['HTTPS_PROXY=http://127.0.0.1:3128 hpc-desk doctor', texts.examples.doctor]],
  }),

  'vnc-viewers': ({ viewers: texts }) => ({
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.title, rows: VIEWER_ROWS.map((row) => [row.id, describeViewer(row, texts)]) },
      { title: texts.choiceTitle, rows: Object.entries(texts.choices) },
    ],
    examples: [
      ['hpc-desk viewers', texts.examples.list],
      ['hpc-desk config set viewer tigervnc', texts.examples.choose],
      ['hpc-desk vnc connect --viewer none --local-port 5901', texts.examples.port],
    ],
  }),
};

function describeViewer(row: ViewerRow, texts: TopicTexts['viewers']): string {
  const { name, places, password, canViewOnly, socketArguments } = row;
  const systems = Object.keys(places) as (keyof typeof places)[];
  return texts.join([
    texts.named(
      name,
      systems.map((system) => texts.systems[system]),
    ),
    texts.passwords[password?.kind ?? 'asks'],
    ...(canViewOnly ? [texts.viewOnly] : []),
    ...(socketArguments === undefined ? [] : [texts.socket]),
  ]);
}
