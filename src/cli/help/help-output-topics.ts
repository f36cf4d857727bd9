import type { AnyCommand } from '../../commands/command.js';
import { EXIT_CODES, FAMILIES, type Family } from '../../errors/codes.js';
import type { TopicTexts } from '../../i18n/locale.js';
import { FORMATS } from '../output/output-wish.js';
import { SIGNAL_EXIT_CODES } from '../run/signals.js';
import type { Topic, TopicRow } from './help-topics.js';

export function aboutExitCodes(texts: TopicTexts['exitCodes']): Topic {
  const families = Object.entries(EXIT_CODES) as [Family, number][];
  const codesOf = (family: Family) =>
    Object.entries(FAMILIES).flatMap(([code, its]) => (its === family ? [code] : []));
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
}

export function aboutOutput(texts: TopicTexts['output'], commands: readonly AnyCommand[]): Topic {
  return {
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.formatsTitle, rows: FORMATS.map((name) => [name, texts.formats[name]]) },
      {
        title: texts.optionsTitle,
        rows: [
          ['--fields NAMES', texts.fieldsOption],
          ['--field NAME', texts.fieldOption],
        ],
      },
      { paragraphs: [texts.promise] },
      {
        title: texts.fieldsTitle,
        rows: commands
          .filter(({ fields }) => fields.length > 0)
          .map(({ path, fields, extraFields = [] }) => [
            path.join(' '),
            [...fields, ...extraFields].join(', '),
          ]),
      },
    ],
    examples: [
      ['port=$(hpc-desk vnc create --field port)', texts.examples.field],
      ['hpc-desk vnc list --fields name,ip,port', texts.examples.fields],
      ['eval "$(hpc-desk vnc show -o env)"', texts.examples.env],
    ],
  };
}
