import { isDeskError } from '../../errors/desk-error.js';
import { formatEndpoint } from '../../model/endpoint.js';
import type { PageLanguage, PageOptions } from '../../model/page.js';
import type { Transport } from '../../transport/create-transport.js';
import type {
  FoundViewer,
  LinkProfile,
  ListenOptions,
  ViewerAddress,
} from '../../transport/transport.js';
import type { RunningViewer } from '../../transport/viewer/start-viewer.js';
import type { DisplayMode } from './display-mode.js';
import {
  type SupervisedTunnel,
  type SuperviseOptions,
  superviseTunnel,
} from './supervise-tunnel.js';

export interface ConnectPlan extends Omit<SuperviseOptions, 'listen' | 'endsWhenIdle'> {
  readonly mode: DisplayMode;
  readonly language: PageLanguage;
  /** Whether the page stays available after its last tab has closed. */
  readonly keepsPage: boolean;
  /** The requested TCP port; undefined picks the safest listener. */
  readonly localPort: number | undefined;
  /** Whether other local users may connect to the port. */
  readonly allowAnyUser: boolean;
  readonly password: string | undefined;
  readonly viewOnly: boolean;
  readonly fullScreen: boolean;
  readonly link: LinkProfile | undefined;
}

/**
 * Opens the route, waits for the desktop, and starts the viewer or serves the page. When the viewer, the tunnel or the
 * signal ends, the rest is ended, and `closed` settles after that. A viewer that exits because the connection was lost
 * is restarted after reconnecting; a page reconnects itself and is closed some time after its last tab.
 *
 * @throws like `Transport.openForward` and `Transport.startViewer`; nothing is left running then.
 */
export async function connectSession(
  transport: Pick<Transport, 'openForward' | 'startViewer'>,
  plan: ConnectPlan,
) {
  const { mode } = plan;
  const tunnel = await superviseTunnel(transport, {
    ...plan,
    listen: listenOptions(plan),
    endsWhenIdle: mode.kind === 'web' && !plan.keepsPage,
  });
  const { forward } = tunnel;
  const { address } = forward;
  if (mode.kind !== 'viewer' || address.kind === 'web') return { forward, closed: tunnel.closed };
  const start = () => startViewer(transport, mode.viewer, address, plan);
  const first = await start().catch(async (error) => {
    await tunnel.close();
    throw error;
  });
  return { forward, closed: keepViewer(tunnel, first, start).finally(tunnel.close) };
}

function listenOptions(plan: ConnectPlan): ListenOptions {
  const { mode, localPort, language, allowAnyUser } = plan;
  const port = localPort ?? 0;
  if (mode.kind === 'web') {
    return { kind: 'web', port, allowAnyUser, language, page: pageOptions(plan) };
  }
  const isForViewer = mode.kind === 'viewer';
  const wantsSocket = isForViewer && mode.viewer.takesSocket && localPort === undefined;
  return wantsSocket ? { kind: 'socket' } : { kind: 'tcp', port, allowAnyUser, isForViewer };
}

function pageOptions(plan: ConnectPlan): PageOptions {
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
  transport: Pick<Transport, 'startViewer'>,
  viewer: FoundViewer,
  address: ViewerAddress,
  { password, viewOnly, fullScreen, link, signal, report }: ConnectPlan,
): Promise<RunningViewer> {
  report({ kind: 'viewing', viewer: viewer.name });
  return transport.startViewer(viewer, { address, password, viewOnly, fullScreen, link, signal });
}

async function keepViewer(
  tunnel: SupervisedTunnel,
  first: RunningViewer,
  start: () => Promise<RunningViewer>,
): Promise<void> {
  for (let running = first; ; running = await start()) {
    try {
      return await Promise.race([running.exited, tunnel.closed]);
    } catch (error) {
      if (!isDeskError(error, 'viewer.failed') || !(await tunnel.waitForReconnect())) throw error;
    } finally {
      await running.close();
    }
  }
}
