import { ensureSession, waitUntilFree } from '../../domain/session/ensure-session.js';
import { SESSION_FIELDS } from '../../model/session.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption, readDurationMs } from '../options.js';
import { viewSession, warnBeforeSweep } from './session-view.js';

const DEFAULT_WAIT = '10m';

/** Creates the user's only session, or returns the existing one. */
export const create = defineCommand({
  path: ['vnc', 'create'],
  help: helpOf('desktops', (messages) => messages.vnc.create, {
    example: 'hpc-desk vnc create',
    exampleWait: 'hpc-desk vnc create --wait=30m',
    exampleNotify: 'hpc-desk vnc create --wait=30m --notify',
    exampleField: 'hpc-desk vnc create --field port',
  }),
  options: [
    { flags: '--wait [DURATION]', summary: (messages) => messages.vnc.create.wait },
    { flags: '--notify', summary: (messages) => messages.options.notify },
    allowTargetOption,
  ],

  parse: (input) => ({
    allowTarget: input.has('--allow-target'),
    waitMs: input.has('--wait')
      ? readDurationMs('--wait', input.text('--wait') ?? DEFAULT_WAIT)
      : undefined,
    isAnnounced: input.has('--notify'),
  }),

  async run(context, { allowTarget, waitMs, isAnnounced }) {
    if (isAnnounced || (await context.setting('notify')).value) context.output.announceEnd();
    const platform = await context.platform({
      allowTarget,
      timeoutPerRequest: waitMs !== undefined,
    });
    context.progress({ kind: 'creating', origin: platform.origin });
    const ensure = () => ensureSession(platform, context.output.shows('created'));
    const session =
      waitMs === undefined
        ? await ensure()
        : await waitUntilFree(ensure, {
            ...context.clock,
            signal: context.runtime.signal,
            limitMs: waitMs,
            report: context.progress,
          });
    warnBeforeSweep(session, platform.now(), context.progress);
    return session;
  },

  output: {
    fields: [...SESSION_FIELDS, 'created'],
    names: (session) => [session.sessionId],
  },
  view(session, ui) {
    const words = ui.messages.vnc.create;
    const outcome =
      session.created === null ? words.ready : session.created ? words.created : words.existed;
    return `${ui.theme.good(outcome)}\n${viewSession(session, ui)}`;
  },
  advise: () => ({ next: ['hpc-desk vnc connect'] }),
});
