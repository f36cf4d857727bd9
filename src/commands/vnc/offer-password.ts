import type { FoundViewer, Transport } from '../../transport/transport.js';
import type { Context } from '../context.js';

/** Offers the clipboard for the password that a viewer will ask for; silent where there is nothing to offer. */
export async function offerPassword(
  { ask, progress, runtime }: Context,
  transport: Transport,
  viewer: FoundViewer | undefined,
  password: string | undefined,
): Promise<void> {
  if (viewer === undefined || password === undefined || !ask.mayAsk) return;
  if (transport.takesPassword(viewer)) return;
  const clipboard = await transport.findClipboard();
  if (clipboard === undefined) return;
  if (!(await ask.confirm({ kind: 'copyPassword', viewer: viewer.name }))) return;
  const isThere = await clipboard.write(password, runtime.signal);
  progress({ kind: isThere ? 'passwordCopied' : 'passwordNotCopied' });
}
