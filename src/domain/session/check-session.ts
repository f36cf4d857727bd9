import { type DeskError, isDeskError } from '../../errors/desk-error.js';
import type { Route } from '../../model/endpoint.js';
import { DESKTOP_CHECKS, type DesktopCheckName } from '../../model/finding.js';
import type { Picture } from '../../model/picture.js';
import type { Session } from '../../model/session.js';
import type { Transport } from '../../transport/create-transport.js';
import type { OpenDesktop } from '../../transport/desktop/open-desktop.js';
import type { DesktopOptions, DesktopStep } from '../../transport/transport.js';
import { type Finding, failure, pass, skip } from '../doctor/finding.js';
import { selectSession } from './select-session.js';

export interface CheckPlan {
  readonly selector: string | undefined;
  /** Limit for receiving the frame, in milliseconds. */
  readonly frameTimeoutMs: number;
  now(): Date;
  listSessions(): Promise<readonly Session[]>;
  chooseRoute(session: Session): Promise<Route>;
  openDesktop(options: Pick<DesktopOptions, 'route' | 'report'>): Promise<OpenDesktop>;
}

export type CheckReport = Awaited<ReturnType<typeof checkSession>>;

/** The key of the failure with the platform's message, for display. */
export const FAILURE = Symbol('failure');

/** The check that each step of `openDesktop` passes. */
const PROVEN_BY: Readonly<Record<DesktopStep, DesktopCheckName>> = {
  reached: 'port',
  greeted: 'rfb',
  secured: 'security',
};

/**
 * Runs all checks up to a captured frame over one shared RFB session. Creates nothing.
 *
 * @throws usage.*, session.ambiguous for invalid arguments. Every other failure is part of the report.
 */
export async function checkSession(plan: CheckPlan) {
  const list = createCheckList(plan.now);
  let desktop: OpenDesktop | undefined;
  let failure: DeskError | undefined;
  try {
    const sessions = await plan.listSessions();
    list.pass('login');
    const session = selectSession(sessions, plan.selector);
    list.pass('session');
    const route = await plan.chooseRoute(session);
    // Over ssh the route is proven only by the desktop's greeting.
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
    checks: list.checks,
    /** From the handshake; null when the desktop was not reached. The name is untrusted. */
    rfb: desktop === undefined ? null : pickRfb(desktop),
    ...(failure && { [FAILURE]: failure }),
  };
}

export type DesktopCheck = Finding & {
  readonly name: DesktopCheckName;
  readonly elapsedMs: number;
};

function pickRfb({ version, securityTypes, widthPx, heightPx, desktopName }: OpenDesktop) {
  return { version, securityTypes, widthPx, heightPx, desktopName };
}

function createCheckList(now: () => Date) {
  const done: DesktopCheck[] = [];
  let markedAtMs = now().getTime();

  function add(judge: (name: DesktopCheckName) => Finding, elapsedMs: number): void {
    const name = DESKTOP_CHECKS[done.length];
    if (name !== undefined) done.push({ name, ...judge(name), elapsedMs });
  }

  function takeElapsedMs(): number {
    const sinceMs = markedAtMs;
    markedAtMs = now().getTime();
    // The clock may be set back.
    return Math.max(0, markedAtMs - sinceMs);
  }

  return {
    checks: done as readonly DesktopCheck[],
    /** Passes this check and those before it; the time since the last call is attributed to the first of them. */
    pass(name: DesktopCheckName): void {
      for (const count = DESKTOP_CHECKS.indexOf(name) + 1; done.length < count; ) {
        add(passed, takeElapsedMs());
      }
    },
    /** Fails the check that the error belongs to; skips the rest. */
    fail(error: DeskError): void {
      while (done.length < DESKTOP_CHECKS.indexOf(checkOf(error))) add(passed, 0);
      const after = DESKTOP_CHECKS[done.length] ?? 'frame';
      add(() => failure(error), takeElapsedMs());
      while (done.length < DESKTOP_CHECKS.length) add(() => skip('check.skipped', { after }), 0);
    },
  };
}

const passed = (step: DesktopCheckName) => pass('check.passed', { step });

/** The first check that an error can belong to: over ssh, route, port and greeting pass together. */
function checkOf({ code, family }: DeskError): DesktopCheckName {
  if (code.startsWith('ssh.')) return 'route';
  if (code === 'tunnel.unreachable') return 'port';
  return family === 'connection' ? 'rfb' : 'login';
}

export interface CapturePlan extends Omit<DesktopOptions, 'report'> {
  /** Limit for receiving the frame, in milliseconds. */
  readonly frameTimeoutMs: number;
}

/** Captures one frame of a desktop. @throws like `Transport.openDesktop` and `captureFrame` */
export async function captureDesktop(transport: Transport, plan: CapturePlan): Promise<Picture> {
  const desktop = await transport.openDesktop(plan);
  try {
    return await desktop.captureFrame(plan.frameTimeoutMs);
  } finally {
    await desktop.close();
  }
}
