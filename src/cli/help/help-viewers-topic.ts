import type { TopicTexts } from '../../i18n/locale.js';
import { VIEWER_ROWS } from '../../transport/viewer/catalogue.js';
import type { ViewerRow } from '../../transport/viewer/viewer-row.js';
import type { Topic } from './help-topics.js';

export function aboutViewers(texts: TopicTexts['viewers']): Topic {
  const { choices } = texts;
  return {
    sections: [
      { paragraphs: [texts.intro] },
      { title: texts.title, rows: VIEWER_ROWS.map((row) => [row.id, describeViewer(row, texts)]) },
      {
        title: texts.choiceTitle,
        rows: [
          ['auto', choices.auto],
          ['ID', choices.id],
          ['PATH', choices.path],
          ['web', choices.web],
          ['none', choices.none],
        ],
      },
    ],
    examples: [
      ['hpc-desk viewers', texts.examples.list],
      ['hpc-desk config set viewer tigervnc', texts.examples.choose],
      ['hpc-desk vnc connect --viewer none --local-port 5901', texts.examples.port],
    ],
  };
}

function describeViewer(row: ViewerRow, texts: TopicTexts['viewers']): string {
  const { name, places, password, canViewOnly, socketArguments } = row;
  const systems = Object.keys(places) as (keyof typeof places)[];
  return texts.join([
    texts.named(
      name,
      systems.map((system) => texts.systems[system]),
    ),
    texts.passwords[password.kind],
    ...(canViewOnly ? [texts.viewOnly] : []),
    ...(socketArguments === undefined ? [] : [texts.socket]),
  ]);
}
