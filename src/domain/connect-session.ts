import { isDeskError } from '../errors/desk-error.js';
import { formatEndpoint } from '../model/endpoint.js';
import type { PageLanguage, PageWishes } from '../model/page.js';
import type { Platform } from '../platform/platform.js';
import type {
  Forward,
  FoundViewer,
  LinkProfile,
  ListenWish,
  RunningViewer,
  Transport,
  ViewerAddress,
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

/** How a desktop is shown: by a viewer, on our page in the browser, or not at all: by a port that is kept open. */
export type Showing =
  | { readonly kind: 'viewer'; readonly viewer: FoundViewer }
  | { readonly kind: 'page' }
  | { readonly kind: 'forward' };

/**
 * What is meant by `none`, `web`, `auto`, an id or a path; where no viewer is found, `auto` means the page.
 *
 * @throws viewer.missing when the viewer that was named is not there.
 */
export async function chooseShowing(
  transport: Pick<Transport, 'chooseViewer'>,
  wish: string,
): Promise<Showing> {
  if (wish === 'none') return { kind: 'forward' };
  if (wish === 'web') return { kind: 'page' };
  try {
    return { kind: 'viewer', viewer: await transport.chooseViewer(wish) };
  } catch (error) {
    if (wish === 'auto' && isDeskError(error, 'viewer.missing')) return { kind: 'page' };
    throw error;
  }
}

export interface ConnectPlan extends Omit<KeepOptions, 'listen' | 'endsDeserted'> {
  readonly showing: Showing;
  /** Of the page. */
  readonly language: PageLanguage;
  /** Whether the page stays when its last tab has gone. */
  readonly keep: boolean;
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
 * Opens the route, proves that a desktop answers, and starts the viewer or serves the page. Whatever ends first, viewer, tunnel or the
 * signal, ends the rest, and `closed` settles after all of it is gone. A viewer that a cut link has ended is started
 * again once the link is back; the page goes on by itself, and ends some time after its last tab.
 *
 * @throws what `Transport.openForward` and `Transport.startViewer` throw; nothing is left running then.
 */
export async function connectSession(transport: Transport, plan: ConnectPlan): Promise<Connection> {
  const { showing, keep } = plan;
  const endsDeserted = showing.kind === 'page' && !keep;
  const tunnel = await keepTunnel(transport, { ...plan, listen: listenWish(plan), endsDeserted });
  const { forward } = tunnel;
  const { address } = forward;
  if (showing.kind !== 'viewer' || address.kind === 'web')
    return { forward, closed: tunnel.closed };
  const start = () => startViewer(transport, showing.viewer, address, plan);
  const first = await start().catch(async (error) => {
    await tunnel.close();
    throw error;
  });
  return { forward, closed: keepShowing(tunnel, first, start).finally(tunnel.close) };
}

function listenWish(plan: ConnectPlan): ListenWish {
  const { showing, localPort, language } = plan;
  const port = localPort ?? 0;
  if (showing.kind === 'page') return { kind: 'web', port, language, page: pageWishes(plan) };
  const wantsSocket =
    showing.kind === 'viewer' && showing.viewer.takesSocket && localPort === undefined;
  return wantsSocket ? { kind: 'socket' } : { kind: 'tcp', port };
}

function pageWishes(plan: ConnectPlan): PageWishes {
  const { session, route, viewOnly, fullScreen, link, password } = plan;
  return {
    name: session.name,
    target: formatEndpoint(route.target),
    sweepAt: session.sweepAt,
    viewOnly,
    fullScreen,
    link: link ?? null,
    password: password ?? null,
  };
}

function startViewer(
  transport: Transport,
  viewer: FoundViewer,
  address: ViewerAddress,
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
