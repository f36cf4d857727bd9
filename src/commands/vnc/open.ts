import { defineCommand, helpOf } from '../command.js';
import type { Context } from '../context.js';
import { allowTargetOption, selectorArgument } from '../options.js';
import { findSession } from './session-view.js';

/** Prints the platform's own page for a session and opens it in a browser if possible. */
export const open = defineCommand({
  path: ['vnc', 'open'],
  help: helpOf('desktops', (messages) => messages.vnc.open, {
    example: 'hpc-desk vnc open',
    exampleField: 'hpc-desk vnc open --no-open --field url',
  }),
  arguments: [selectorArgument],
  options: [
    { flags: '--no-open', summary: (messages) => messages.vnc.open.noOpen },
    allowTargetOption,
  ],

  parse: (input) => ({
    selector: input.arguments[0],
    mayOpen: !input.has('--no-open'),
    allowTarget: input.has('--allow-target'),
  }),

  async run(context, { selector, mayOpen, allowTarget }) {
    const { platform, session } = await findSession(context, { selector, allowTarget });
    const { sessionId } = session;
    const url = await platform.readLaunchUrl(sessionId);
    // It gives access to the desktop.
    context.output.keepSecret(url);
    const page = { sessionId, url };
    return mayOpen ? { ready: page, onPrinted: () => openPage(url, context) } : page;
  },

  output: {
    fields: ['sessionId', 'url'],
    names: ({ sessionId }) => [sessionId],
  },
  view: ({ url }, ui) => ui.theme.plain(url),
});

/** Opens a URL, which may be a secret, in the user's browser; reports a failure. */
export async function openPage(url: string, context: Context): Promise<void> {
  const transport = await context.transport();
  context.progress({ kind: 'openingPage' });
  const outcome = await transport.openBrowser(url, context.runtime.signal);
  if (outcome !== 'opened') context.progress({ kind: 'pageNotOpened', outcome });
}
