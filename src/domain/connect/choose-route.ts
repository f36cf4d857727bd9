import { basename } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import { type LoginNode, parseHostName, parseUserName, type Route } from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import { parseLocalTime } from '../../model/time.js';
import type { Transport } from '../../transport/create-transport.js';

export interface RouteRequest {
  readonly kind: 'auto' | 'direct' | 'ssh';
  /** `--identity`: the private key for the login node. */
  readonly identityFile: string | undefined;
}

export interface RouteFacts {
  readonly kind: RouteRequest['kind'];
  /** From the option, the variable or the settings file. */
  readonly via: LoginNode | undefined;
  /** The account on the cluster, used when the login node has no user. */
  readonly clusterUser: string;
  /** The named private key, with what its file name encodes. */
  readonly key?: Pick<NamedKey, 'user' | 'host' | 'path'> | undefined;
}

/** The login node for ssh; undefined for a direct connection. @throws usage.missingOption */
export function chooseLoginNode(facts: RouteFacts): LoginNode | undefined {
  const { kind, via, key } = facts;
  const wantsSsh = via !== undefined || key !== undefined;
  if (kind === 'direct' || (kind === 'auto' && !wantsSsh)) return undefined;
  const node = completeLoginNode(facts);
  if (node !== undefined) return node;
  const example = 'hpc-desk vnc connect --via USER@HOST:PORT';
  throw new DeskError('usage.missingOption', { option: '--via', example });
}

/** The login node, else that in the key's name, with user and key; undefined when neither is known. */
export function completeLoginNode({
  via,
  key,
  clusterUser,
}: Omit<RouteFacts, 'kind'>): LoginNode | undefined {
  const host = via?.host ?? key?.host;
  if (host === undefined) return undefined;
  // Without a valid cluster user, the user's ssh configuration decides. So it does for the port of a key's host.
  const user = via?.user ?? key?.user ?? parseUserName(clusterUser);
  const identity = key === undefined ? {} : { identityFile: key.path };
  return { port: undefined, ...via, ...identity, host, user };
}

export function routeTo({ ip, port }: Session, via: LoginNode | undefined): Route {
  const target = { host: ip, port };
  return via === undefined ? { kind: 'direct', target } : { kind: 'ssh', target, via };
}

/** A private key named by the user, with what its file name encodes. */
export type NamedKey = Awaited<ReturnType<Transport['checkKeyFile']>> & Partial<KeyFileName>;

/** Warn about a key's expiry this long before, in milliseconds. */
export const KEY_ENDS_SOON_MS = 7 * 24 * 60 * 60_000;

/**
 * @param timeZone - IANA time zone of the expiry in the file name.
 * @throws usage.invalidValue when it cannot be a key file.
 */
export async function readKey(
  transport: Pick<Transport, 'checkKeyFile'>,
  file: string,
  timeZone: string,
): Promise<NamedKey> {
  const key = await transport.checkKeyFile(file);
  return { ...key, ...parseKeyFileName(basename(key.path), timeZone) };
}

type KeyFileName = NonNullable<ReturnType<typeof parseKeyFileName>>;

const KEY_FILE_NAME =
  /^(.+)_([^_]+)_RsaKeyExpireTime_(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)( ?\(\d+\))?\.txt$/;

/**
 * Parses `<user>_<host>_RsaKeyExpireTime_<YYYY-MM-DD_HH-MM-SS>.txt`, also with the ` (1)` of a repeated download; undefined
 * for anything else. A user may contain underscores, a host does not.
 *
 * @param timeZone - The platform's IANA time zone.
 */
export function parseKeyFileName(name: string, timeZone: string) {
  const [, userText, hostText, date, hour, minute, second] = KEY_FILE_NAME.exec(name) ?? [];
  const user = parseUserName(userText);
  const host = parseHostName(hostText);
  const expiresAt = parseLocalTime(`${date} ${hour}:${minute}:${second}`, timeZone);
  return user === undefined || host === undefined || expiresAt === undefined
    ? undefined
    : { user, host, expiresAt };
}
