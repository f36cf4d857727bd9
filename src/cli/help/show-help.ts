import type { AnyCommand } from '../../commands/command.js';
import type { Edge } from '../run/edge.js';
import type { HelpWish } from './help-wish.js';

/** The text of help that is more than a page of commander; what it is made from is loaded here. */
export async function showHelp(
  { locale, messages, stdout, world }: Edge,
  commands: readonly AnyCommand[],
  wish: HelpWish,
): Promise<string> {
  if (wish.kind === 'tree') {
    const { describeProgram } = await import('./help-tree.js');
    const tree = describeProgram(commands, messages, world.version, wish.path);
    return JSON.stringify(tree, null, stdout.isTerminal ? 2 : undefined);
  }
  const [{ makeTopic }, { loadTopics }, { layOutTopic }] = await Promise.all([
    import('./help-topics.js'),
    import('../../i18n/locale.js'),
    import('./lay-out-topic.js'),
  ]);
  const topic = makeTopic(wish.topic, await loadTopics(locale), commands);
  if (wish.isJson) {
    const described = { topic: wish.topic, summary: messages.help.topics[wish.topic], ...topic };
    return JSON.stringify(described, null, stdout.isTerminal ? 2 : undefined);
  }
  return layOutTopic(topic, messages.help.examples, Math.min(stdout.columns, 100));
}
