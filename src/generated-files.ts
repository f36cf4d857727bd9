import { commandTree } from './cli/command-tree.js';
import { commands } from './commands/index.js';
import { COMPLETION_FILES } from './completions/completion-files.js';
import { writeReference } from './completions/reference.js';
import { writeSurface } from './completions/surface.js';
import { loadMessages } from './i18n/locale.js';

export interface GeneratedFile {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly text: string;
}

/** Everything that is made from the command tree and committed; used when building, never by the program. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const tree = commandTree(commands, await loadMessages('en'));
  return [
    ...COMPLETION_FILES.map(({ fileName, write }) => ({
      file: `completions/${fileName}`,
      text: write(tree),
    })),
    { file: 'docs/reference.md', text: writeReference(tree) },
    { file: 'test/surface.txt', text: writeSurface(tree) },
  ];
}
