import { isDeskError } from '../errors/desk-error.js';
import type { Platform } from '../platform/platform.js';
import type {
  Forward,
  FoundViewer,
  LinkProfile,
  RunningViewer,
  Transport,
} from '../transport/transport.js';
import { type EnsuredSession, ensureSession } from './ensure-session.js';
import { type KeepOptions, type KeptTunnel, keepTunnel } from './keep-tunnel.js';
import { selectSession } from './select-session.js';

export interface SessionWish {
  readonly selector: string | undefined;
  readonly mayCreate: boolean;
}

/** The session to connect to: the one named, or the user's only one, made first where that is wanted. */
export async function findOrCreateSession(
  platform: Platform,
  { selector, mayCreate }: SessionWish,
): Promise<EnsuredSession> {
  return mayCreate && selector === undefined
    ? ensureSession(platform)
    : { ...selectSession(await platform.listSessions(), selector), created: false };
}

/** The viewer that is wanted; undefined for `none`. @throws viewer.missing */
export async function findViewer(
  transport: Transport,
  wish: string,
): Promise<FoundViewer | undefined> {
  return wish === 'none' ? undefined : transport.chooseViewer(wish);
}

/** For printing only: no viewer is no reason to fail where nobody named one. */
export async function findViewerIfAny(
  transport: Transport,
  wish: string,
): Promise<FoundViewer | undefined> {
  try {
    return await findViewer(transport, wish);
  } catch (error) {
    if (wish === 'auto' && isDeskError(error, 'viewer.missing')) return undefined;
    throw error;
  }
}

export interface ConnectPlan extends Omit<KeepOptions, 'listen'> {
  readonly viewer: FoundViewer | undefined;
  /** The TCP port that was asked for; undefined lets us choose the safest way to listen. */
  readonly localPort: number | undefined;
  readonly password: string | undefined;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: LinkProfile | undefined;
}

/** A desktop that can be reached on this machine until `closed` settles. */
export interface Connection {
  readonly forward: Forward;
  readonly closed: Promise<void>;
}

/**
 * Opens the route, proves that a desktop answers, and starts the viewer. Whatever ends first, viewer, tunnel or the
 * signal, ends the rest, and `closed` settles after all of it is gone. A viewer that a cut link has ended is started
 * again once the link is back.
 *
 * @throws what `Transport.openForward` and `Transport.startViewer` throw; nothing is left running then.
 */
export async function connectSession(transport: Transport, plan: ConnectPlan): Promise<Connection> {
  const { viewer, localPort } = plan;
  const wantsSocket = viewer?.takesSocket === true && localPort === undefined;
  const tunnel = await keepTunnel(transport, {
    ...plan,
    listen: wantsSocket ? { kind: 'socket' } : { kind: 'tcp', port: localPort ?? 0 },
  });
  const { forward } = tunnel;
  if (viewer === undefined) return { forward, closed: tunnel.closed };
  const start = () => startViewer(transport, viewer, forward, plan);
  const first = await start().catch(async (error) => {
    await tunnel.close();
    throw error;
  });
  return { forward, closed: keepShowing(tunnel, first, start).finally(tunnel.close) };
}

function startViewer(
  transport: Transport,
  viewer: FoundViewer,
  { address }: Forward,
  { password, viewOnly, fullScreen, link, signal, report }: ConnectPlan,
): Promise<RunningViewer> {
  report({ kind: 'viewing', viewer: viewer.name });
  return transport.startViewer(viewer, { address, password, viewOnly, fullScreen, link, signal });
}

async function keepShowing(
  tunnel: KeptTunnel,
  first: RunningViewer,
  start: () => Promise<RunningViewer>,
): Promise<void> {
  for (let running = first; ; running = await start()) {
    try {
      return await Promise.race([running.exited, tunnel.closed]);
    } catch (error) {
      if (!isDeskError(error, 'viewer.failed') || !(await tunnel.regain())) throw error;
    } finally {
      await running.close();
    }
  }
}
