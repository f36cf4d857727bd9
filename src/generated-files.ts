import { commandTree } from './cli/help/command-tree.js';
import { TOPICS } from './cli/help/help-request.js';
import { MAKE_TOPIC } from './cli/help/topics.js';
import { commands } from './commands/index.js';
import { COMPLETION_FILES } from './completions/completion-files.js';
import { type ManPageFacts, writeManPage } from './completions/man-page.js';
import { writeReference, writeSurface } from './completions/reference.js';
import { loadMessages, loadTopics, type TopicTexts } from './i18n/locale.js';
import type { Messages } from './i18n/messages.js';

/**
 * Everything that is made from the command tree and committed, by its path from the root of the repository; used when
 * building, never by the program.
 */
export async function generatedFiles() {
  const messages = await loadMessages('en');
  const tree = commandTree(commands, messages);
  return [
    ...COMPLETION_FILES.map(({ fileName, write }) => ({
      file: `completions/${fileName}`,
      text: write(tree),
    })),
    { file: 'docs/reference.md', text: writeReference(tree) },
    {
      file: 'docs/man/hpc-desk.1',
      text: writeManPage(tree, manPageFacts(messages, await loadTopics('en'))),
    },
    { file: 'test/surface.txt', text: writeSurface(tree) },
  ];
}

function manPageFacts(messages: Messages, texts: TopicTexts): ManPageFacts {
  return {
    about: messages.help.description,
    topics: TOPICS.map((name) => ({
      ...MAKE_TOPIC[name](texts, commands),
      // The title that man(7) knows for it.
      title: name === 'exit-codes' ? 'exit status' : name.replace('-', ' '),
    })),
    examples: new Map(
      commands.map(({ path, help }) => [
        path.join(' '),
        help.examples.map(({ line, caption }) => [line, caption(messages)] as const),
      ]),
    ),
  };
}
