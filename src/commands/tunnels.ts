import { selectTunnel } from '../domain/connect/tunnels.js';
import { DeskError } from '../errors/desk-error.js';
import { writeText } from '../i18n/messages.js';
import type { Tunnel } from '../store/tunnel-records.js';
import type { Ui } from '../view/ui.js';
import { defineCommand, helpOf } from './command.js';

/** Lists background tunnels of this machine, including those that failed within a day. */
export const listTunnels = defineCommand({
  path: ['tunnels'],
  help: helpOf('desktops', (messages) => messages.tunnels, {
    example: 'hpc-desk tunnels',
    exampleFields: 'hpc-desk tunnels --json --fields id,port,state',
  }),

  run: async (context) => (await context.machine.tunnels()).list(),

  output: {
    fields: [
      ...['id', 'pid', 'sessionId', 'mode', 'target', 'route', 'via'],
      ...['address', 'port', 'url', 'startedAt', 'state'],
    ],
    isList: true,
    extraFields: ['viewer', 'failure', 'sweepAt'],
    names: (tunnels) => tunnels.map(({ id }) => id),
  },
  view: viewTunnels,
});

function viewTunnels(tunnels: readonly Tunnel[], ui: Ui): string {
  const { labels, tunnels: words } = ui.messages;
  const table = ui.table(
    [labels.id, labels.state, labels.address, labels.age, labels.sessionId],
    tunnels.map((tunnel) => [
      tunnel.id,
      words.states[tunnel.state],
      tunnel.port === null ? words.modes[tunnel.mode] : `${tunnel.address}:${tunnel.port}`,
      ui.age(tunnel.startedAt),
      tunnel.sessionId,
    ]),
    words.empty,
  );
  const reasons = tunnels.flatMap(({ id, failure }) =>
    failure === null ? [] : [`${id}: ${writeText(failure, ui.messages).message}`],
  );
  const sweeps = tunnels.flatMap(({ id, sweepAt }) =>
    sweepAt === null ? [] : [`${id}: ${words.sweepSoon(ui.moment(sweepAt))}`],
  );
  return [table, ...[...reasons, ...sweeps].map(ui.theme.warning)].join('\n');
}

/** Stops background tunnels and waits for their processes. */
export const stopTunnels = defineCommand({
  path: ['tunnels', 'stop'],
  help: helpOf('desktops', (messages) => messages.tunnels.stop, {
    example: 'hpc-desk tunnels stop',
    exampleAll: 'hpc-desk tunnels stop --all',
  }),
  arguments: [
    {
      name: 'id',
      isRequired: false,
      origin: 'tunnels',
      summary: (messages) => messages.tunnels.stop.id,
    },
  ],
  options: [{ flags: '--all', summary: (messages) => messages.tunnels.stop.all }],

  parse(input) {
    const [selector] = input.arguments;
    const isAll = input.has('--all');
    if (isAll && selector !== undefined) {
      throw new DeskError('usage.conflict', { first: selector, second: '--all' });
    }
    return { selector, isAll };
  },

  async run(context, { selector, isAll }) {
    const tunnels = await context.machine.tunnels();
    const all = await tunnels.list();
    const chosen = isAll ? all : [selectTunnel(all, selector)];
    await Promise.all(chosen.map(tunnels.stop));
    return { stopped: chosen.map(({ id }) => id) };
  },

  output: {
    fields: ['stopped'],
    names: ({ stopped }) => stopped,
    rows: ({ stopped }) => stopped.map((id) => [id]),
  },
  view: ({ stopped }, ui) => ui.theme.good(ui.messages.tunnels.stop.done(stopped)),
});
