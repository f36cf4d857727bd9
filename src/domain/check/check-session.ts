import { type DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Route } from '../../model/endpoint.js';
import type { DesktopCheckName } from '../../model/finding.js';
import type { Session } from '../../model/session.js';
import type { DesktopOptions, DesktopStep, OpenDesktop } from '../../transport/transport.js';
import { selectSession } from '../session/select-session.js';
import { createCheckList, type DesktopCheck } from './check-list.js';

export interface CheckPlan {
  readonly selector: string | undefined;
  /** Limit for all of the pixels, in milliseconds. */
  readonly frameTimeoutMs: number;
  now(): Date;
  listSessions(): Promise<readonly Session[]>;
  chooseRoute(session: Session): Promise<Route>;
  openDesktop(options: Pick<DesktopOptions, 'route' | 'report'>): Promise<OpenDesktop>;
}

export interface CheckReport {
  readonly healthy: boolean;
  readonly checks: readonly DesktopCheck[];
  /** What the desktop said of itself; null when it was not reached. */
  readonly rfb: {
    readonly version: string;
    readonly securityTypes: readonly number[];
    readonly widthPx: number;
    readonly heightPx: number;
    /** Untrusted. */
    readonly desktopName: string;
  } | null;
  /** The failure with what the platform said, for people. */
  readonly [FAILURE]?: DeskError;
}

export const FAILURE = Symbol('failure');

/** What each step of opening a desktop proves. */
const PROVEN_BY: Readonly<Record<DesktopStep, DesktopCheckName>> = {
  reached: 'port',
  greeted: 'rfb',
  secured: 'security',
};

/**
 * Walks the whole way to a picture of the desktop, with one handshake, and tells how far it came. It creates nothing and
 * disturbs nobody.
 *
 * @throws usage.*, session.ambiguous: what was typed cannot be checked. Every other failure is part of the report.
 */
export async function checkSession(plan: CheckPlan): Promise<CheckReport> {
  const list = createCheckList(plan.now);
  let desktop: OpenDesktop | undefined;
  let failure: DeskError | undefined;
  try {
    const sessions = await plan.listSessions();
    list.pass('login');
    const session = selectSession(sessions, plan.selector);
    list.pass('session');
    const route = await plan.chooseRoute(session);
    // Whether ssh gets there shows only when the desktop answers.
    if (route.kind === 'direct') list.pass('route');
    const report = (step: DesktopStep) => list.pass(PROVEN_BY[step]);
    desktop = await plan.openDesktop({ route, report });
    await desktop.captureFrame(plan.frameTimeoutMs);
    list.pass('frame');
  } catch (error) {
    if (!isDeskError(error) || error.family === 'usage') throw error;
    failure = error;
    list.fail(error);
  } finally {
    await desktop?.close();
  }
  return {
    healthy: failure === undefined,
    checks: list.checks(),
    rfb: desktop === undefined ? null : describe(desktop),
    ...(failure === undefined ? {} : { [FAILURE]: failure }),
  };
}

function describe({ version, securityTypes, widthPx, heightPx, desktopName }: OpenDesktop) {
  return { version, securityTypes, widthPx, heightPx, desktopName };
}
