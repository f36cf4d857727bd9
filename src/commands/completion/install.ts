import { placeOfCompletion, SHELLS } from '../../domain/completion/completion-places.js';
import {
  type CompletionChange,
  installCompletion,
  uninstallCompletion,
} from '../../domain/completion/completion-setup.js';
import type { Ui } from '../../view/ui.js';
import { defineCommand, helpOf } from '../command.js';
import { optionalShell, readShell, shellOfUser, writeScript } from './print.js';

/** Installs the completion script for a shell. */
export const installCompletionCommand = defineCommand({
  path: ['completion', 'install'],
  help: helpOf('setup', (messages) => messages.completion.install, {
    example: 'hpc-desk completion install',
    exampleJson: 'hpc-desk completion install fish --json',
  }),
  arguments: [optionalShell((messages) => messages.completion.install.shell)],

  parse: (input) => ({ shell: readShell(input.arguments[0]) }),

  async run(context, options) {
    const { environment } = context.runtime;
    const files = await context.machine.shellFiles();
    const { platform, home } = files;
    const shell = options.shell ?? shellOfUser(environment, platform);
    const place = placeOfCompletion(shell, { platform, home, environment });
    const changes = installCompletion(files, shell, place, await writeScript(shell, context));
    const { startFile, loadLine } = place;
    return {
      shell,
      changes,
      // Null when the shell needs none, or the user edits it.
      startFile: startFile?.path ?? null,
      lines: startFile?.lines ?? [],
      loadLine: loadLine ?? null,
    };
  },

  output: {
    fields: ['shell', 'startFile', 'loadLine'],
    extraFields: ['changes', 'lines'],
    rows: ({ changes }) => changes.map(({ change, path }) => [change, path]),
  },
  view({ changes, startFile, lines, loadLine }, ui) {
    const { messages, theme } = ui;
    const words = messages.completion.install;
    const isDone = changes.every(({ change }) => change === 'unchanged');
    const page = [theme.good(isDone ? words.already : words.done), viewChanges(changes, ui)];
    const addLines = (title: string, added: readonly string[]) =>
      page.push(...[title, ...added.map((line) => `  ${line}`)].map(theme.plain));
    if (startFile !== null) addLines(words.lines(startFile), lines);
    else if (loadLine !== null) addLines(words.addYourself, [loadLine]);
    return page.join('\n');
  },
  advise: ({ startFile, loadLine }) => ({
    next: startFile === null || loadLine === null ? [] : [loadLine],
    undo: 'hpc-desk completion uninstall',
  }),
});

/** Removes what `completion install` created, for one or all shells. */
export const uninstallCompletionCommand = defineCommand({
  path: ['completion', 'uninstall'],
  help: helpOf('setup', (messages) => messages.completion.uninstall, {
    example: 'hpc-desk completion uninstall',
    exampleOne: 'hpc-desk completion uninstall zsh',
  }),
  arguments: [optionalShell((messages) => messages.completion.uninstall.shell)],

  parse: (input) => ({ shell: readShell(input.arguments[0]) }),

  async run(context, { shell }) {
    const { environment } = context.runtime;
    const files = await context.machine.shellFiles();
    const facts = { platform: files.platform, home: files.home, environment };
    const shells = shell === undefined ? SHELLS : [shell];
    const places = new Map(shells.map((name) => [name, placeOfCompletion(name, facts)]));
    return uninstallCompletion(files, places);
  },

  output: {
    fields: ['shell', 'change', 'path'],
    isList: true,
  },
  view(changes, ui) {
    const words = ui.messages.completion.uninstall;
    if (changes.length === 0) return ui.theme.plain(words.nothing);
    return `${ui.theme.good(words.done)}\n${viewChanges(changes, ui)}`;
  },
});

/** One line per changed file or folder. */
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
