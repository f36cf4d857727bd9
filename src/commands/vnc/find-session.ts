import { selectSession } from '../../domain/session/select-session.js';
import type { Session } from '../../model/session.js';
import type { Platform } from '../../platform/platform.js';
import type { Context, PlatformOptions } from '../context.js';

/** Asks the platform for the session that is meant. @throws session.notFound, session.ambiguous */
export async function findSession(
  context: Context,
  { selector, ...options }: PlatformOptions & { readonly selector: string | undefined },
): Promise<{ readonly platform: Platform; readonly session: Session }> {
  const platform = await context.platform(options);
  context.progress({ kind: 'asking', origin: platform.origin });
  return { platform, session: selectSession(await platform.listSessions(), selector) };
}
