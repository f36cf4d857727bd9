import { suggestProfile } from '../domain/login/resolve-login.js';
import { DeskError } from '../errors/desk-error.js';
import { defineCommand, helpOf } from './command.js';
import type { Context } from './context.js';

/** Removes the stored login; the platform has no endpoint to revoke a token. */
export const logout = defineCommand({
  path: ['logout'],
  help: helpOf('account', (messages) => messages.logout, {
    example: 'hpc-desk logout',
    exampleAll: 'hpc-desk logout --all',
  }),
  options: [{ flags: '--all', summary: (messages) => messages.logout.all }],

  parse: (input) => ({ isAll: input.has('--all') }),

  async run(context, { isAll }) {
    const removed = await remove(context, isAll);
    // Only now: whatever is wrong with the records of tunnels, the login is gone.
    const tunnels = await (await context.machine.tunnels()).list();
    const count = tunnels.filter(({ state }) => state !== 'failed').length;
    if (count > 0) context.progress({ kind: 'tunnelsRunning', count });
    return { removed };
  },

  output: {
    fields: ['removed'],
    names: ({ removed }) => removed,
    rows: ({ removed }) => removed.map((profile) => [profile]),
  },
  view: ({ removed }, ui) => ui.theme.good(ui.messages.logout.done(removed)),
  advise: ({ removed }, messages) =>
    removed.length === 0 ? {} : { warnings: [messages.logout.stillValid] },
});

async function remove(context: Context, isAll: boolean): Promise<readonly string[]> {
  const { credentials } = await context.store();
  if (isAll) return credentials.removeAll();
  const { value: profile, source } = await context.setting('profile');
  const isRemoved = await credentials.remove(profile);
  // Logging out twice is fine, but a profile named on the command line must exist.
  if (!isRemoved && source === 'option') {
    const suggestion = suggestProfile(profile, await credentials.list());
    throw new DeskError('profile.notFound', { profile, suggestion });
  }
  return isRemoved ? [profile] : [];
}
