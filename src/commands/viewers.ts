import { describeViewers } from '../domain/connect/display-mode.js';
import { installLines } from '../domain/doctor/install-lines.js';
import type { Ui } from '../view/ui.js';
import { defineCommand, helpOf } from './command.js';
import type { Context } from './context.js';

/** Shows the viewers found, the places searched, the chosen viewer with the reason, and how to install one. */
export const viewers = defineCommand({
  path: ['viewers'],
  help: helpOf('desktops', (messages) => messages.viewers, {
    example: 'hpc-desk viewers',
    exampleName: 'hpc-desk viewers -o name',
  }),
  options: [
    { flags: '--all', summary: (messages) => messages.viewers.all },
    {
      flags: '--viewer <auto|ID|PATH|none>',
      isFile: true,
      origin: 'viewers',
      summary: (messages) => messages.viewers.viewer,
    },
  ],

  parse: (input) => ({ showsAll: input.has('--all') }),

  run: (context, { showsAll }) => readViewers(context, showsAll),

  output: {
    fields: ['wish', 'wishedBy'],
    extraFields: ['viewers', 'searched', 'install'],
    names: (result) => result.viewers.map(({ id }) => id),
    rows: ({ viewers }) =>
      viewers.map((one) => [one.id, one.name, one.version, one.path, String(one.chosen)]),
  },
  view: (result, ui) =>
    [
      viewFound(result, ui),
      viewChoice(result, ui),
      ...(result.showsAll || result.viewers.length === 0 ? viewAll(result, ui) : []),
    ].join('\n'),
});

type ViewersResult = Awaited<ReturnType<typeof readViewers>>;

/** @param showsAll - Whether to show the searched places and install commands to people. */
async function readViewers(context: Context, showsAll: boolean) {
  const [transport, diagnostics] = await Promise.all([
    context.transport(),
    context.machine.diagnostics(),
  ]);
  const { value: wish = 'auto', source: wishedBy } = await diagnostics.setting('viewer');
  const { viewers, searched, chosen } = await describeViewers(transport, wish);
  return {
    showsAll,
    viewers: viewers.map(({ id, name, path, version, problem = null }) => ({
      // `problem`: why it cannot open a window here.
      ...{ id, name, path, version, problem },
      // Whether `vnc connect` would start this one.
      chosen: path === chosen?.path,
    })),
    searched,
    wish,
    wishedBy,
    install: installLines(diagnostics.machine.operatingSystem),
  };
}

/** The places that were searched, and how to install a viewer. */
function viewAll({ searched, install, viewers }: ViewersResult, { messages, theme }: Ui): string[] {
  const words = messages.viewers;
  return [
    '',
    theme.dim(words.searched),
    ...searched.map((place) => `  ${theme.plain(place)}`),
    '',
    theme.dim(words.install),
    ...install.flatMap(({ system, command, mirror }) => [
      `  ${theme.strong(command)}  ${theme.dim(system)}`,
      `    ${theme.dim(words.mirror)}`,
      ...mirror.map((line) => `      ${theme.plain(line)}`),
    ]),
    ...(viewers.length === 0 ? [theme.dim(words.orBrowser)] : []),
  ];
}

function viewFound({ viewers }: ViewersResult, ui: Ui): string {
  const { labels, viewers: words } = ui.messages;
  return ui.table(
    [labels.viewer, labels.name, labels.version, labels.path],
    viewers.map(({ id, name, version, path, chosen, problem }) => [
      `${problem !== null ? '!' : chosen ? '*' : ' '} ${id}`,
      name,
      version,
      path,
    ]),
    words.none,
  );
}

function viewChoice({ viewers, wish, wishedBy }: ViewersResult, { messages, theme }: Ui): string {
  const words = messages.viewers;
  const chosen = viewers.find((viewer) => viewer.chosen);
  const requested = words.requested(wish, messages.config.sources[wishedBy]);
  const unusable = chosen ?? (wish === 'auto' ? viewers[0] : undefined);
  if (unusable !== undefined && unusable.problem !== null) {
    return theme.warning(words.noneChosen(words.unusable(unusable.name, unusable.problem)));
  }
  if (chosen !== undefined) {
    return theme.good(words.chosen(chosen.id, wish === 'auto' ? words.firstFound : requested));
  }
  if (wish === 'none') return theme.plain(words.noneChosen(requested));
  const reason = wish === 'auto' ? words.nothingFound : words.notFound(wish);
  return theme.warning(words.noneChosen(reason));
}
