import { layOutExamples } from './help.js';
import { layOutRows, wrapLine } from './help-layout.js';
import type { Topic } from './help-topics.js';
import type { MeasureWidth } from './measure-width.js';

/** A page of `help TOPIC` as text for a terminal of this width, without the last line feed. */
export function layOutTopic(
  { sections, examples }: Topic,
  examplesTitle: string,
  width: number,
  measure: MeasureWidth,
): string {
  const blocks = [
    ...sections.map(({ title, paragraphs = [], rows = [] }) => [
      ...(title === undefined ? [] : wrapLine(title, width, measure)),
      ...paragraphs.flatMap((text) => wrapLine(text, width, measure)),
      ...layOutRows(rows, width, measure),
    ]),
    [examplesTitle, ...layOutExamples(examples, width, measure)],
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}
