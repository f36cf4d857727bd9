import { DeskError } from '../../errors/desk-error.js';
import { defineCommand, helpOf } from '../command.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { findSession } from './session-view.js';

/** Deletes a session and everything running in it; asks first on a terminal. */
export const deleteSession = defineCommand({
  path: ['vnc', 'delete'],
  help: helpOf('desktops', (messages) => messages.vnc.delete, {
    example: 'hpc-desk vnc delete',
    exampleYes: 'hpc-desk vnc delete gv101:4 --yes',
  }),
  arguments: [selectorArgument],
  options: [{ flags: '-y, --yes', summary: (messages) => messages.options.yes }, allowTargetOption],

  parse: (input) => ({
    selector: input.arguments[0],
    isConfirmed: input.has('--yes'),
    allowTarget: input.has('--allow-target'),
  }),

  async run(context, options) {
    if (!options.isConfirmed && !context.ask.mayAsk) {
      throw new DeskError('usage.missingOption', {
        option: '--yes',
        example: `hpc-desk vnc delete ${options.selector ?? ''} --yes`.replace('  ', ' '),
      });
    }
    const { platform, session } = await findSession(context, options);
    const { sessionId, name } = session;
    if (!options.isConfirmed && !(await context.ask.confirm({ kind: 'deleteSession', name }))) {
      return { sessionId, deleted: false, alreadyGone: false };
    }
    context.progress({ kind: 'deleting', sessionId });
    // Code 815010: the session does not exist.
    const alreadyGone = (await platform.deleteSession(sessionId)) === 'alreadyGone';
    return { sessionId, deleted: true, alreadyGone };
  },

  output: {
    fields: ['sessionId', 'deleted', 'alreadyGone'],
    names: ({ sessionId }) => [sessionId],
  },
  view({ sessionId, deleted, alreadyGone }, ui) {
    const words = ui.messages.vnc.delete;
    if (!deleted) return ui.theme.plain(words.kept(sessionId));
    return ui.theme.good(alreadyGone ? words.gone(sessionId) : words.deleted(sessionId));
  },
});
