import { type ClusterView, describeClusters } from '../../domain/login/choose-cluster.js';
import { defineCommand } from '../command.js';

/** The clusters of the account as the log-in answered them; asks nobody. */
export const listClusters = defineCommand<Record<never, never>, readonly ClusterView[]>({
  path: ['clusters'],
  help: {
    group: 'account',
    summary: (messages) => messages.clusters.summary,
    examples: [
      { line: 'hpc-desk clusters', caption: (messages) => messages.clusters.example },
      { line: 'hpc-desk clusters --json', caption: (messages) => messages.clusters.exampleJson },
    ],
  },
  output: {
    fields: ['id', 'name', 'usable', 'current', 'accountStatus'],
    isList: true,
    names: (clusters) => clusters.map(({ id }) => id),
  },

  parse: () => ({}),

  run: async (context) => describeClusters(await context.login()),

  view(clusters, ui) {
    const words = ui.messages.clusters;
    return ui.table(
      [words.id, words.name, words.state, words.accountStatus],
      clusters.map(({ id, name, usable, current, accountStatus }) => [
        id,
        name,
        current ? words.current : usable ? words.usable : words.disabled,
        accountStatus,
      ]),
      '',
    );
  },
});
