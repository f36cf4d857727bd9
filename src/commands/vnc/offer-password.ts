import type { DisplayMode } from '../../domain/connect/display-mode.js';
import type { Transport } from '../../transport/transport.js';
import type { Context } from '../context.js';

/** Offers the clipboard for the password that a viewer will ask for; silent where there is nothing to offer. */
export async function offerPassword(
  { ask, progress, runtime }: Context,
  transport: Transport,
  mode: DisplayMode,
  password: string | undefined,
): Promise<void> {
  if (mode.kind !== 'viewer' || password === undefined || !ask.mayAsk) return;
  const { viewer } = mode;
  if (transport.takesPassword(viewer)) return;
  const clipboard = await transport.findClipboard();
  if (clipboard === undefined) return;
  if (!(await ask.confirm({ kind: 'copyPassword', viewer: viewer.name }))) return;
  const isThere = await clipboard.write(password, runtime.signal);
  progress({ kind: isThere ? 'passwordCopied' : 'passwordNotCopied' });
}
