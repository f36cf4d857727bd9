import { SESSION_FIELDS } from '../../model/session.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption } from '../options.js';
import { viewSessions } from './session-view.js';

/** Lists the user's sessions; an empty list is not an error. */
export const list = defineCommand({
  path: ['vnc', 'list'],
  help: helpOf('desktops', (messages) => messages.vnc.list, {
    example: 'hpc-desk vnc list',
    exampleFields: 'hpc-desk vnc list --json --fields name,ip,port',
  }),
  options: [allowTargetOption],

  parse: (input) => ({ allowTarget: input.has('--allow-target') }),

  async run(context, options) {
    const platform = await context.platform(options);
    context.progress({ kind: 'asking', origin: platform.origin });
    return platform.listSessions();
  },

  output: {
    fields: SESSION_FIELDS,
    isList: true,
    names: (sessions) => sessions.map(({ sessionId }) => sessionId),
  },
  view: viewSessions,
});
