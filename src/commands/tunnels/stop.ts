import { selectTunnel } from '../../domain/connect/tunnels.js';
import { DeskError } from '../../errors/desk-error.js';
import { defineCommand } from '../command.js';

export interface StopOptions {
  /** Undefined: the only one. */
  readonly selector: string | undefined;
  readonly isAll: boolean;
}

export interface StopResult {
  readonly stopped: readonly string[];
}

/** Ends background connections and waits until they are gone. */
export const stopTunnels = defineCommand<StopOptions, StopResult>({
  path: ['tunnels', 'stop'],
  help: {
    group: 'desktops',
    summary: (messages) => messages.tunnels.stop.summary,
    examples: [
      { line: 'hpc-desk tunnels stop', caption: (messages) => messages.tunnels.stop.example },
      {
        line: 'hpc-desk tunnels stop --all',
        caption: (messages) => messages.tunnels.stop.exampleAll,
      },
    ],
  },
  arguments: [
    {
      name: 'id',
      isRequired: false,
      origin: 'tunnels',
      summary: (messages) => messages.tunnels.stop.id,
    },
  ],
  options: [{ long: '--all', summary: (messages) => messages.tunnels.stop.all }],
  output: {
    fields: ['stopped'],
    names: ({ stopped }) => stopped,
    rows: ({ stopped }) => stopped.map((id) => [id]),
  },

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

  view: ({ stopped }, ui) => ui.theme.good(ui.messages.tunnels.stop.done(stopped)),
});
