import { basename } from 'node:path';
import { DeskError } from '../../errors/desk-error.js';
import {
  type HostName,
  type LoginNode,
  parseHostName,
  parseUserName,
  type Route,
  type UserName,
} from '../../model/endpoint.js';
import type { Session } from '../../model/session.js';
import { parseLocalTime } from '../../model/time.js';
import type { Transport } from '../../transport/transport.js';

export interface RouteRequest {
  readonly kind: 'auto' | 'direct' | 'ssh';
  /** `--identity`: the private key for the login node. */
  readonly identityFile: string | undefined;
}

export interface RouteFacts {
  readonly kind: RouteRequest['kind'];
  /** `--via`, the variable or the setting. */
  readonly via: LoginNode | undefined;
  /** The cluster user, taken where the login node names none. */
  readonly clusterUser: string;
  /** The private key that was named, and what its name says. */
  readonly key?: Pick<NamedKey, 'user' | 'host' | 'path'> | undefined;
}

/**
 * The login node that a session is reached through, where one is known or a key for one was named; undefined: straight.
 *
 * @throws usage.missingOption
 */
export function chooseLoginNode(facts: RouteFacts): LoginNode | undefined {
  const { kind, via, key } = facts;
  const wantsSsh = via !== undefined || key !== undefined;
  if (kind === 'direct' || (kind === 'auto' && !wantsSsh)) return undefined;
  const node = via ?? nodeOfKey(key);
  if (node === undefined) {
    const example = 'hpc-desk vnc connect --via USER@HOST:PORT';
    throw new DeskError('usage.missingOption', { option: '--via', example });
  }
  return completeNode(node, facts);
}

export function routeTo({ ip, port }: Session, via: LoginNode | undefined): Route {
  const target = { host: ip, port };
  return via === undefined ? { kind: 'direct', target } : { kind: 'ssh', target, via };
}

/** Whom ssh logs in as, and with which key, where the login node itself does not say. */
export function completeNode(
  node: LoginNode,
  { key, clusterUser }: Pick<RouteFacts, 'key' | 'clusterUser'>,
): LoginNode {
  // Without a usable cluster user ssh decides by itself, from the user's own config.
  const user = node.user ?? key?.user ?? parseUserName(clusterUser);
  const identity = key === undefined ? {} : { identityFile: key.path };
  return { ...node, ...identity, user };
}

/** The name of a key does not tell the port; ssh's own config may. */
export function nodeOfKey(key: RouteFacts['key']): LoginNode | undefined {
  return key?.host === undefined ? undefined : { host: key.host, port: undefined, user: undefined };
}

/** A private key that the user named, and what its name says. */
export interface NamedKey extends Partial<KeyFileName> {
  /** Absolute. */
  readonly path: string;
  /** ssh ignores such a key. */
  readonly isOpenToOthers: boolean;
}

/** Near enough to the end of a key to say so, in milliseconds. */
export const KEY_ENDS_SOON_MS = 7 * 24 * 60 * 60_000;

/**
 * @param timeZone - The platform's IANA time zone.
 * @throws usage.invalidValue when it is no file that can be a key.
 */
export async function readKey(
  transport: Pick<Transport, 'lookAtKey'>,
  file: string,
  timeZone: string,
): Promise<NamedKey> {
  const key = await transport.lookAtKey(file);
  return { ...key, ...parseKeyFileName(basename(key.path), timeZone) };
}

/** The parts of the file name of a private key from the SCNet console. */
export interface KeyFileName {
  readonly user: UserName;
  readonly host: HostName;
  readonly expiresAt: Date;
}

/**
 * Parses `<user>_<host>_RsaKeyExpireTime_<YYYY-MM-DD_HH-MM-SS>.txt`, also with the ` (1)` of a repeated download; undefined
 * for anything else. A user may contain underscores, a host does not.
 *
 * @param timeZone - The platform's IANA time zone.
 */
export function parseKeyFileName(name: string, timeZone: string): KeyFileName | undefined {
  const match =
    /^(.+)_([^_]+)_RsaKeyExpireTime_(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)( ?\(\d+\))?\.txt$/.exec(
      name,
    );
  if (match === null) return undefined;
  const [, userText, hostText, date, hour, minute, second] = match;
  const user = parseUserName(userText);
  const host = parseHostName(hostText);
  const expiresAt = parseLocalTime(`${date} ${hour}:${minute}:${second}`, timeZone);
  return user === undefined || host === undefined || expiresAt === undefined
    ? undefined
    : { user, host, expiresAt };
}
