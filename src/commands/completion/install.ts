import {
  type CompletionChange,
  installCompletion,
} from '../../domain/completion/completion-setup.js';
import { defineCommand } from '../command.js';
import { viewChanges } from './change-view.js';
import { optionalShell, placeOf, readShell, shellOfUser, writeScript } from './shells.js';

export interface InstallResult {
  readonly shell: string;
  /** Every file and folder that was touched, in order. */
  readonly changes: readonly CompletionChange[];
  /** The file that the shell reads when it starts; null where it needs no line there, or the user has to find it. */
  readonly startFile: string | null;
  /** What stands in the start file now. */
  readonly lines: readonly string[];
  /** What loads the script into a running shell; null where that happens by itself. */
  readonly loadLine: string | null;
}

/** Puts the completion script where the shell finds it. */
export const installCompletionCommand = defineCommand<
  { readonly shell: string | undefined },
  InstallResult
>({
  path: ['completion', 'install'],
  help: {
    group: 'setup',
    summary: (messages) => messages.completion.install.summary,
    examples: [
      {
        line: 'hpc-desk completion install',
        caption: (messages) => messages.completion.install.example,
      },
      {
        line: 'hpc-desk completion install fish --json',
        caption: (messages) => messages.completion.install.exampleJson,
      },
    ],
  },
  arguments: [optionalShell((messages) => messages.completion.install.shell)],
  output: {
    fields: ['shell', 'startFile', 'loadLine'],
    extraFields: ['changes', 'lines'],
    rows: ({ changes }) => changes.map(({ change, path }) => [change, path]),
  },

  parse: (input) => ({ shell: readShell(input.arguments[0]) }),

  async run(context, options) {
    const files = await context.machine.shellFiles();
    const shell = options.shell ?? shellOfUser(context.runtime.environment, files.platform);
    const place = placeOf(shell, files, context);
    const changes = installCompletion(files, shell, place, await writeScript(shell, context));
    const { startFile, loadLine } = place;
    return {
      shell,
      changes,
      startFile: startFile?.path ?? null,
      lines: startFile?.lines ?? [],
      loadLine: loadLine ?? null,
    };
  },

  view({ changes, startFile, lines, loadLine }, ui) {
    const { messages, theme } = ui;
    const words = messages.completion.install;
    const isDone = changes.every(({ change }) => change === 'unchanged');
    const added = [words.lines(startFile ?? ''), ...lines.map((line) => `  ${line}`)];
    return [
      isDone ? theme.good(words.already) : theme.good(words.done),
      viewChanges(changes, ui),
      ...(startFile === null ? [] : added.map(theme.plain)),
      ...(startFile === null && loadLine !== null
        ? [words.addYourself, `  ${loadLine}`].map(theme.plain)
        : []),
    ].join('\n');
  },
  advise: ({ startFile, loadLine }) => ({
    next: startFile === null || loadLine === null ? [] : [loadLine],
    undo: 'hpc-desk completion uninstall',
  }),
});
