import { sweepSoon } from '../../domain/connect/tunnel-timers.js';
import { selectSession } from '../../domain/session/select-session.js';
import { joinHostPort } from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import type { Ui } from '../../view/ui.js';
import type { Context, PlatformOptions } from '../context.js';

export function viewSession(session: Session, ui: Ui): string {
  const { labels } = ui.messages;
  return ui.fields([
    [labels.name, session.name],
    [labels.sessionId, session.sessionId],
    [labels.address, joinHostPort(session.ip, session.port)],
    [labels.user, session.user],
    [labels.job, session.job],
    [labels.size, sizeOf(session)],
    [labels.created, ui.moment(session.createdAt)],
    [labels.sweep, ui.moment(session.sweepAt)],
  ]);
}

export function viewSessions(sessions: readonly Session[], ui: Ui): string {
  const { labels, vnc } = ui.messages;
  return ui.table(
    [labels.name, labels.address, labels.size, labels.age, labels.sessionId],
    sessions.map((session) => [
      session.name,
      joinHostPort(session.ip, session.port),
      sizeOf(session),
      ui.age(session.createdAt),
      session.sessionId,
    ]),
    vnc.list.empty,
  );
}

const SOON_MS = 60 * 60_000;

/**
 * Warns when the nightly sweep is less than an hour away.
 *
 * @param now - The platform's time.
 */
export function warnBeforeSweep(session: Session, now: Date, progress: Context['progress']): void {
  const sweepAt = new Date(session.sweepAt);
  if (sweepAt.getTime() - now.getTime() < SOON_MS) progress(sweepSoon(sweepAt, now));
}

function sizeOf({ widthPx, heightPx }: Session): string {
  return widthPx > 0 ? `${widthPx}×${heightPx}` : '';
}

/** Requests the selected session from the platform. @throws session.notFound, session.ambiguous */
export async function findSession(
  context: Context,
  { selector, ...options }: PlatformOptions & { readonly selector: string | undefined },
) {
  const platform = await context.platform(options);
  context.progress({ kind: 'asking', origin: platform.origin });
  return { platform, session: selectSession(await platform.listSessions(), selector) };
}
