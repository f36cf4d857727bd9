import { createHmac } from 'node:crypto';
import { CLUSTER } from './clusters.js';
import type { FaultOptions } from './faults.js';
import { type Answer, type Route, refuse, succeed, withClusterToken } from './route.js';
import type { Sessions } from './sessions.js';
import { isSame, type TokenIssuer } from './tokens.js';

export interface SessionRouteOptions extends Pick<FaultOptions, 'listing'> {
  readonly sessions: Sessions;
  readonly tokens: TokenIssuer;
  /** Signs launch URLs. */
  readonly key: Buffer;
}

const ROOT = '/hpc/openapi/v2';
const VNC = `${ROOT}/desktop/vnc`;

/** The endpoints of a cluster (API pages `desktop`, and the cluster list). */
export function sessionRoutes(options: SessionRouteOptions): readonly Route[] {
  const { sessions, tokens, key, listing = 'offered' } = options;
  const ticketFor = (sessionId: string) =>
    createHmac('sha256', key).update(sessionId).digest('base64url');
  const listClusters = withClusterToken(tokens, () => succeed([SCHEDULER]));
  const create = withClusterToken(tokens, async () => {
    const session = await sessions.create();
    return session === undefined ? refuse('815008') : succeed(session);
  });
  const list: Route['run'] =
    listing === 'offered'
      ? withClusterToken(tokens, () => succeed(sessions.list()))
      : () => 'notFound';
  const remove = withClusterToken(tokens, async ({ sessionId }) =>
    (await sessions.remove(sessionId)) ? succeed({}) : refuse('815010'),
  );
  const launchUrl = withClusterToken(tokens, ({ sessionId, baseUrl }) => {
    const exists = sessions.list().some((session) => session.sessionId === sessionId);
    const path = `/launch/${encodeURIComponent(sessionId)}?ticket=${ticketFor(sessionId)}`;
    return exists ? succeed(baseUrl + path) : refuse('815010', '桌面会话不存在');
  });
  const showPage: Route['run'] = ({ sessionId, query }) =>
    isSame(query('ticket') ?? '', ticketFor(sessionId)) ? launchPage(sessionId) : 'notFound';
  return [
    { name: 'listClusters', method: 'GET', path: `${ROOT}/cluster`, run: listClusters },
    { name: 'createSession', method: 'PUT', path: VNC, run: create },
    { name: 'listSessions', method: 'GET', path: VNC, run: list },
    { name: 'deleteSession', method: 'DELETE', path: `${VNC}/:sessionId`, run: remove },
    { name: 'readLaunchUrl', method: 'GET', path: `${VNC}/:sessionId/launchurl`, run: launchUrl },
    { name: 'showLaunchPage', method: 'GET', path: '/launch/:sessionId', run: showPage },
  ];
}

const SCHEDULER = {
  id: Number(CLUSTER.id),
  text: CLUSTER.name,
  JobManagerType: 'SLURM',
  JobManagerAddr: '127.0.0.1',
  JobManagerPort: '6817',
};

function launchPage(sessionId: string): Answer {
  const name = sessionId.replace(/[^\w-]/g, '');
  return {
    html: `<!doctype html><meta charset="utf-8"><title>hpc-desk sandbox</title>
<p>This page of the hpc-desk sandbox stands where the platform shows the desktop of session ${name}.</p>
`,
  };
}
