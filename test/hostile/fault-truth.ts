import type { StoredCluster } from '../../src/model/login.js';
import type { Session } from '../../src/model/session.js';
import { readTokenClaims, type Token } from '../../src/model/token.js';
import type { ClusterFacts } from '../../src/platform/accounts.js';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import type { Operation } from './http-call.js';

type Judge = (value: never, sandbox: Sandbox) => boolean;

const sessionIdOf = ({ sessions }: Sandbox) => sessions.list()[0]?.sessionId;
const isClusterToken = (token: Token | undefined, { description }: Sandbox) =>
  token !== undefined && readTokenClaims(token).clusterId === description.cluster.id;
const hasCluster: Judge = (tokens: readonly StoredCluster[], sandbox) =>
  tokens.some(({ id, token }) => {
    const { cluster } = sandbox.description;
    return id === cluster.id && isClusterToken(token, sandbox);
  });

/** Compares the result of a successful operation with the state of the platform. */
const JUDGES: Readonly<Record<Operation, Judge>> = {
  create: ({ sessionId }: Session, sandbox) => sessionId === sessionIdOf(sandbox),
  list: (sessions: readonly Session[], sandbox) =>
    sessions.map(({ sessionId }) => sessionId).join() === (sessionIdOf(sandbox) ?? ''),
  delete: (outcome: string, sandbox) =>
    /^(deleted|alreadyGone)$/.test(outcome) && sessionIdOf(sandbox) === undefined,
  launch: (url: string) => new URL(url).pathname.startsWith('/launch/'),
  key: hasCluster,
  password: hasCluster,
  center: ({ id }: ClusterFacts, { description }) => id === description.cluster.id,
  renew: isClusterToken,
  check: (isAccepted: boolean) => isAccepted,
};

export function isTrue(operation: Operation, value: unknown, sandbox: Sandbox): boolean {
  return JUDGES[operation](value as never, sandbox);
}
