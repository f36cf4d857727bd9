import type { CompletionChange } from '../../domain/completion/completion-setup.js';
import type { Ui } from '../../view/ui.js';

/** What happened to each file and folder, one a line. */
export function viewChanges(
  changes: readonly CompletionChange[],
  { aligned, messages, theme, file }: Ui,
) {
  const words = messages.completion.changes;
  return aligned(
    changes.map(({ change, path }) => [
      { text: `  ${words[change]}`, style: theme.dim },
      { text: path, style: change === 'removed' ? theme.plain : file, isWhole: true },
    ]),
  );
}
