import type { Context } from '../context.js';

/** Opens a URL, which may be a secret, in the user's browser; reports a failure. */
export async function openPage(url: string, context: Context): Promise<void> {
  const transport = await context.transport();
  context.progress({ kind: 'openingPage' });
  const outcome = await transport.openBrowser(url, context.runtime.signal);
  if (outcome !== 'opened') context.progress({ kind: 'pageNotOpened', outcome });
}
