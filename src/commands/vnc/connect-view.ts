import type { Showing } from '../../domain/choose-showing.js';
import { formatEndpoint, formatLoginNode, type Route } from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import type { ForwardAddress } from '../../transport/transport.js';
import type { Ui } from '../../view/ui.js';

/** What is printed once the desktop can be reached; what does not apply is null. */
export interface ReadyConnection {
  readonly mode: 'viewer' | 'forward' | 'web';
  readonly sessionId: string;
  readonly target: string;
  readonly route: Route['kind'];
  readonly via: string | null;
  readonly address: string | null;
  readonly port: number | null;
  readonly url: string | null;
  readonly viewer: { readonly id: string; readonly path: string } | null;
}

export function readyConnection(
  session: Session,
  route: Route,
  address: ForwardAddress,
  showing: Showing,
): ReadyConnection {
  const viewer = showing.kind === 'viewer' ? showing.viewer : undefined;
  return {
    mode: showing.kind,
    sessionId: session.sessionId,
    target: formatEndpoint(route.target),
    route: route.kind,
    via: route.kind === 'ssh' ? formatLoginNode(route.via) : null,
    address: address.kind === 'socket' ? null : address.host,
    port: address.kind === 'socket' ? null : address.port,
    url: address.kind === 'web' ? address.url : null,
    viewer: viewer === undefined ? null : { id: viewer.id, path: viewer.path },
  };
}

export function viewReady(ready: ReadyConnection, ui: Ui): string {
  const words = ui.messages.vnc.connect;
  if (ready.url !== null) {
    const lines = [ui.theme.good(words.onPage), ui.theme.plain(ready.url)];
    return [...lines, ui.theme.dim(words.howToEnd)].join('\n');
  }
  const local = ready.port === null ? '' : `${ready.address}:${ready.port}`;
  const lines = [
    ready.viewer === null
      ? ui.theme.good(words.listening(local))
      : ui.theme.good(words.showing(ready.viewer.id)),
    ui.theme.dim(words.howToEnd),
  ];
  return lines.join('\n');
}
