import {
  chooseLoginNode,
  KEY_ENDS_SOON_MS,
  type NamedKey,
  type RouteRequest,
  readKey,
  routeTo,
} from '../../domain/connect/choose-route.js';
import { DeskError } from '../../errors/desk-error.js';
import type { LoginNode, Route } from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import { formatZonedTime } from '../../model/time.js';
import type { OptionSpec, RawInput } from '../command.js';
import type { Context } from '../context.js';
import { oneOf } from '../options.js';

export const identityOption: OptionSpec = {
  flags: '--identity <FILE>',
  isFile: true,
  summary: (messages) => messages.vnc.connect.identity,
};

/** Options of every command that connects to a desktop. */
export const routeOptions: readonly OptionSpec[] = [
  { flags: '--via <[USER@]HOST[:PORT]>', summary: (messages) => messages.vnc.connect.via },
  {
    flags: '--route <ROUTE>',
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

/** The login node from options, settings and login; undefined for a direct connection. @throws usage.* */
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

/** Reads the login node in a private key's name; warns about problems of the key. @throws usage.invalidValue */
async function useKey(context: Context, file: string): Promise<NamedKey> {
  const { clock, progress } = context;
  const { value: timeZone } = await context.setting('timeZone');
  const key = await readKey(await context.transport(), file, timeZone);
  const { path, expiresAt, isOpenToOthers } = key;
  if (isOpenToOthers) progress({ kind: 'keyOpen', path });
  if (expiresAt === undefined) return key;
  const leftMs = expiresAt.getTime() - clock.now().getTime();
  if (leftMs <= 0) {
    progress({ kind: 'keyExpired', path, expiredAt: formatZonedTime(expiresAt, timeZone) });
  } else if (leftMs <= KEY_ENDS_SOON_MS) {
    progress({ kind: 'keyExpires', path, leftMs });
  }
  return key;
}
