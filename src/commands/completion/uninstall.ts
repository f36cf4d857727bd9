import {
  type CompletionChange,
  uninstallCompletion,
} from '../../domain/completion/completion-setup.js';
import { defineCommand } from '../command.js';
import { viewChanges } from './change-view.js';
import { optionalShell, placeOf, readShell, SHELLS } from './shells.js';

/** Takes away what `completion install` put there, for one shell or for all. */
export const uninstallCompletionCommand = defineCommand<
  { readonly shell: string | undefined },
  readonly CompletionChange[]
>({
  path: ['completion', 'uninstall'],
  help: {
    group: 'setup',
    summary: (messages) => messages.completion.uninstall.summary,
    examples: [
      {
        line: 'hpc-desk completion uninstall',
        caption: (messages) => messages.completion.uninstall.example,
      },
      {
        line: 'hpc-desk completion uninstall zsh',
        caption: (messages) => messages.completion.uninstall.exampleOne,
      },
    ],
  },
  arguments: [optionalShell((messages) => messages.completion.uninstall.shell)],
  output: {
    fields: ['shell', 'change', 'path'],
    isList: true,
  },

  parse: (input) => ({ shell: readShell(input.arguments[0]) }),

  async run(context, { shell }) {
    const files = await context.machine.shellFiles();
    const shells = shell === undefined ? SHELLS : [shell];
    const places = new Map(shells.map((name) => [name, placeOf(name, files, context)]));
    return uninstallCompletion(files, places);
  },

  view(changes, ui) {
    const words = ui.messages.completion.uninstall;
    if (changes.length === 0) return ui.theme.plain(words.nothing);
    return `${ui.theme.good(words.done)}\n${viewChanges(changes, ui)}`;
  },
});
