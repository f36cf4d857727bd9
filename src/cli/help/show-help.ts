import type { Command } from '../../commands/command.js';
import { wrapLine } from '../../view/wrap-line.js';
import type { IOStreams } from '../run/streams.js';
import { layOutExamples, layOutRows } from './help.js';
import type { HelpRequest } from './help-request.js';
import type { Topic } from './topics.js';

/** Help that is not a commander page; imports its content on demand. */
export async function showHelp(
  { locale, messages, stdout, processContext }: IOStreams,
  commands: readonly Command[],
  request: HelpRequest,
): Promise<string> {
  const toJson = (page: object) => JSON.stringify(page, null, stdout.isTerminal ? 2 : undefined);
  if (request.kind === 'tree') {
    const { describeProgram } = await import('./command-tree.js');
    return toJson(describeProgram(commands, messages, processContext.version, request.path));
  }
  const [{ MAKE_TOPIC }, { loadTopics }] = await Promise.all([
    import('./topics.js'),
    import('../../i18n/locale.js'),
  ]);
  const topic = MAKE_TOPIC[request.topic](await loadTopics(locale), commands);
  if (request.isJson) {
    const summary = messages.help.topics[request.topic];
    return toJson({ topic: request.topic, summary, ...topic });
  }
  return layOutTopic(topic, messages.help.examples, Math.min(stdout.columns, 100));
}

/** A help topic as text for a terminal of this width, without the final line feed. */
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
