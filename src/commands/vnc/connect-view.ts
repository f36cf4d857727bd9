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
  const viewer = mode.kind === 'viewer' ? mode.viewer : undefined;
  return {
    mode: mode.kind,
    ...tunnelKey(session, route),
    target: formatEndpoint(route.target),
    address: address.kind === 'socket' ? null : address.host,
    port: address.kind === 'socket' ? null : address.port,
    url: address.kind === 'web' ? address.url : null,
    viewer: viewer === undefined ? null : { id: viewer.id, path: viewer.path },
    id: null,
  };
}

export function viewReady(ready: ReadyConnection, { messages, theme }: Ui): string {
  const words = messages.vnc.connect;
  const { id, url, viewer } = ready;
  const shown =
    url !== null
      ? [theme.good(words.onPage), theme.plain(url)]
      : viewer !== null
        ? [theme.good(words.showing(viewer.id))]
        : ready.port !== null
          ? [theme.good(words.listening(`${ready.address}:${ready.port}`))]
          : [];
  const end =
    id === null
      ? [theme.dim(words.howToEnd)]
      : [theme.good(words.inBackground(id)), theme.dim(words.howToStop(id))];
  return [...shown, ...end].join('\n');
}
