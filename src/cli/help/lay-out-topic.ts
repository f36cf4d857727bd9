import { wrapLine } from '../../view/wrap-line.js';
import { layOutExamples } from './help.js';
import { layOutRows } from './help-layout.js';
import type { Topic } from './help-topics.js';

/** A page of `help TOPIC` as text for a terminal of this width, without the last line feed. */
export function layOutTopic(
  { sections, examples }: Topic,
  examplesTitle: string,
  width: number,
): string {
  const blocks = [
    ...sections.map(({ title, paragraphs = [], rows = [] }) => [
      ...(title === undefined ? [] : wrapLine(title, width)),
      ...paragraphs.flatMap((text) => wrapLine(text, width)),
      ...layOutRows(rows, width),
    ]),
    [examplesTitle, ...layOutExamples(examples, width)],
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}
