import { SESSION_FIELDS, type Session } from '../../model/session.js';
import { defineCommand } from '../command.js';
import { allowTargetOption } from '../options.js';
import { viewSessions } from './session-view.js';

export interface ListOptions {
  readonly allowTarget: boolean;
}

/** Lists the user's sessions; an empty list is not an error. */
export const list = defineCommand<ListOptions, readonly Session[]>({
  path: ['vnc', 'list'],
  help: {
    group: 'desktops',
    summary: (messages) => messages.vnc.list.summary,
    examples: [
      { line: 'hpc-desk vnc list', caption: (messages) => messages.vnc.list.example },
      {
        line: 'hpc-desk vnc list --json --fields name,ip,port',
        caption: (messages) => messages.vnc.list.exampleFields,
      },
    ],
  },
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
