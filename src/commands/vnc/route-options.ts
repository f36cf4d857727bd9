import { chooseLoginNode, type RouteRequest, routeTo } from '../../domain/connect/choose-route.js';
import { DeskError } from '../../errors/desk-error.js';
import type { LoginNode, Route } from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import type { OptionSpec, RawInput } from '../command.js';
import type { Context } from '../context.js';
import { oneOf } from '../options.js';
import { useKey } from './use-key.js';

export const identityOption: OptionSpec = {
  long: '--identity',
  value: 'FILE',
  isFile: true,
  summary: (messages) => messages.vnc.connect.identity,
};

/** How a desktop is reached: the same for every command that reaches one. */
export const routeOptions: readonly OptionSpec[] = [
  {
    long: '--via',
    value: '[USER@]HOST[:PORT]',
    summary: (messages) => messages.vnc.connect.via,
  },
  {
    long: '--route',
    value: 'ROUTE',
    choices: ['auto', 'direct', 'ssh'],
    summary: (messages) => messages.vnc.connect.route,
  },
  identityOption,
];

/** @throws usage.* */
export function readRouteRequest(input: RawInput): RouteRequest {
  const kind = oneOf('--route', input.text('--route') ?? 'auto', ['auto', 'direct', 'ssh']);
  const identityFile = input.text('--identity');
  if (kind === 'direct' && identityFile !== undefined) {
    throw new DeskError('usage.conflict', { first: '--route direct', second: '--identity' });
  }
  return { kind, identityFile };
}

/** The login node, by the options, the settings and the login; undefined: straight. @throws usage.* */
export async function findLoginNode(
  context: Context,
  { kind, identityFile }: RouteRequest,
): Promise<LoginNode | undefined> {
  const [{ value: via }, { clusterUser }] = await Promise.all([
    context.setting('via'),
    context.login(),
  ]);
  const key = identityFile === undefined ? undefined : await useKey(context, identityFile);
  return chooseLoginNode({ kind, via, clusterUser, key });
}

/** The route to a session. @throws usage.* */
export async function findRoute(
  context: Context,
  session: Session,
  request: RouteRequest,
): Promise<Route> {
  return routeTo(session, await findLoginNode(context, request));
}
