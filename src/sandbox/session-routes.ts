import { createHmac } from 'node:crypto';
import { CLUSTER } from './clusters.js';
import type { FaultOptions } from './faults.js';
import { type Answer, type Route, refuse, succeed, withClusterToken } from './route.js';
import type { SessionKeeper } from './session-keeper.js';
import { isSame, type TokenIssuer } from './tokens.js';

export interface SessionRouteOptions extends Pick<FaultOptions, 'listing'> {
  readonly keeper: SessionKeeper;
  readonly tokens: TokenIssuer;
  /** Signs launch URLs. */
  readonly key: Buffer;
}

const ROOT = '/hpc/openapi/v2';

/** The endpoints of a cluster (API pages `desktop`, and the cluster list). */
export function sessionRoutes(options: SessionRouteOptions): readonly Route[] {
  const { keeper, tokens, key, listing = 'offered' } = options;
  const ticketFor = (sessionId: string) =>
    createHmac('sha256', key).update(sessionId).digest('base64url');
  return [
    {
      name: 'listClusters',
      method: 'GET',
      path: `${ROOT}/cluster`,
      run: withClusterToken(tokens, () => succeed([describeCluster()])),
    },
    {
      name: 'createSession',
      method: 'PUT',
      path: `${ROOT}/desktop/vnc`,
      run: withClusterToken(tokens, async ({ computeUser }) => {
        const outcome = await keeper.create(computeUser);
        if (outcome === 'full') return refuse('815201');
        return outcome === 'fault' ? refuse('815008') : succeed(outcome);
      }),
    },
    {
      name: 'listSessions',
      method: 'GET',
      path: `${ROOT}/desktop/vnc`,
      run:
        listing === 'notOffered'
          ? () => 'notFound'
          : withClusterToken(tokens, ({ computeUser }) => succeed(keeper.list(computeUser))),
    },
    {
      name: 'deleteSession',
      method: 'DELETE',
      path: `${ROOT}/desktop/vnc/:sessionId`,
      run: withClusterToken(tokens, async ({ computeUser }, { sessionId }) =>
        (await keeper.remove(computeUser, sessionId)) ? succeed({}) : refuse('815010'),
      ),
    },
    {
      name: 'readLaunchUrl',
      method: 'GET',
      path: `${ROOT}/desktop/vnc/:sessionId/launchurl`,
      run: withClusterToken(tokens, ({ computeUser }, { sessionId, baseUrl }) => {
        const exists = keeper.list(computeUser).some((one) => one.sessionId === sessionId);
        const path = `/launch/${encodeURIComponent(sessionId)}?ticket=${ticketFor(sessionId)}`;
        return exists ? succeed(baseUrl + path) : refuse('815010', '桌面会话不存在');
      }),
    },
    {
      name: 'showLaunchPage',
      method: 'GET',
      path: '/launch/:sessionId',
      run: ({ sessionId, query }) =>
        isSame(query('ticket') ?? '', ticketFor(sessionId)) ? launchPage(sessionId) : 'notFound',
    },
  ];
}

function describeCluster() {
  return {
    id: Number(CLUSTER.id),
    text: CLUSTER.name,
    JobManagerType: 'SLURM',
    JobManagerAddr: '127.0.0.1',
    JobManagerPort: '6817',
  };
}

function launchPage(sessionId: string): Answer {
  const name = sessionId.replace(/[^\w-]/g, '');
  return {
    html: `<!doctype html><meta charset="utf-8"><title>hpc-desk sandbox</title>
<p>This page of the hpc-desk sandbox stands where the platform shows the desktop of session ${name}.</p>
`,
  };
}
