import { SESSION_FIELDS, type Session } from '../../model/session.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption } from '../options.js';
import { viewSessions } from './session-view.js';

export interface ListOptions {
  readonly allowTarget: boolean;
}

/** Lists the user's sessions; an empty list is not an error. */
export const list = defineCommand<ListOptions, readonly Session[]>({
  path: ['vnc', 'list'],
  help: helpOf('desktops', (messages) => messages.vnc.list, {
    example: 'hpc-desk vnc list',
    exampleFields: 'hpc-desk vnc list --json --fields name,ip,port',
  }),
  options: [allowTargetOption],
  output: {
    fields: SESSION_FIELDS,
    isList: true,
    names: (sessions) => sessions.map(({ sessionId }) => sessionId),
  },

  parse: (input) => ({ allowTarget: input.has('--allow-target') }),

  async run(context, options) {
    const platform = await context.platform(options);
    context.progress({ kind: 'asking', origin: platform.origin });
    return platform.listSessions();
  },

  view: viewSessions,
});
