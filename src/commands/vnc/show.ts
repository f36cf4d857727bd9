import { watchSession } from '../../domain/session/session-poller.js';
import { SESSION_FIELDS } from '../../model/session.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { findSession, viewSession, warnBeforeSweep } from './session-view.js';

/** Shows a session and its next sweep; `--watch` repeats it at each change until the session is gone. */
export const show = defineCommand({
  path: ['vnc', 'show'],
  help: helpOf('desktops', (messages) => messages.vnc.show, {
    example: 'hpc-desk vnc show',
    exampleEnv: 'hpc-desk vnc show gv101:4 -o env',
    exampleWatch: 'hpc-desk vnc show --watch --json',
  }),
  arguments: [selectorArgument],
  options: [
    { flags: '--watch', summary: (messages) => messages.vnc.show.watch },
    allowTargetOption,
  ],

  parse: (input) => ({
    selector: input.arguments[0],
    isWatching: input.has('--watch'),
    allowTarget: input.has('--allow-target'),
  }),

  async run(context, { selector, isWatching, allowTarget }) {
    const options = { selector, allowTarget, timeoutPerRequest: isWatching };
    const { platform, session } = await findSession(context, options);
    warnBeforeSweep(session, platform.now(), context.progress);
    if (!isWatching) return session;
    context.progress({ kind: 'watching', name: session.name });
    const { sleep } = context.clock;
    const { signal } = context.runtime;
    return { ready: session, updates: watchSession(platform, session, { sleep, signal }) };
  },

  output: {
    fields: SESSION_FIELDS,
    names: (session) => [session.sessionId],
  },
  view: viewSession,
});
