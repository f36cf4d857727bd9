import type { DisplayMode } from '../../domain/connect/display-mode.js';
import type { TunnelKey } from '../../domain/connect/tunnels.js';
import { formatEndpoint, formatLoginNode, type Route } from '../../model/endpoint.js';
import type { ReadyConnection, Session } from '../../model/session.js';
import type { ForwardAddress } from '../../transport/transport.js';
import type { Ui } from '../../view/ui.js';

/** Identifies the background tunnel of a session and route. */
export function tunnelKey({ sessionId }: Session, route: Route): TunnelKey {
  const via = route.kind === 'ssh' ? formatLoginNode(route.via) : null;
  return { sessionId, route: route.kind, via };
}

export function readyConnection(
  session: Session,
  route: Route,
  address: ForwardAddress,
  mode: DisplayMode,
): ReadyConnection {
  const [host, port] = address.kind === 'socket' ? [null, null] : [address.host, address.port];
  return {
    mode: mode.kind,
    ...tunnelKey(session, route),
    target: formatEndpoint(route.target),
    address: host,
    port,
    url: address.kind === 'web' ? address.url : null,
    viewer: mode.kind === 'viewer' ? { id: mode.viewer.id, path: mode.viewer.path } : null,
    id: null,
  };
}

export function viewReady(ready: ReadyConnection, { messages, theme }: Ui): string {
  const words = messages.vnc.connect;
  const { id, url, viewer, address, port } = ready;
  const lines: string[] = [];
  if (url !== null) lines.push(theme.good(words.onPage), theme.plain(url));
  else if (viewer !== null) lines.push(theme.good(words.showing(viewer.id)));
  else if (port !== null) lines.push(theme.good(words.listening(`${address}:${port}`)));
  if (id === null) lines.push(theme.dim(words.howToEnd));
  else lines.push(theme.good(words.inBackground(id)), theme.dim(words.howToStop(id)));
  return lines.join('\n');
}
