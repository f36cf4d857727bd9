import {
  type HostName,
  type IpAddress,
  joinHostPort,
  parseHostName,
  parseUserName,
  type UserName,
} from './address.js';
import type { Brand } from './brand.js';
import { quotePosix } from './quote.js';

/** The number of an X display that a VNC server shows: 1…59635, so that its port exists. */
export type Display = Brand<number, 'Display'>;
/** A TCP port, 1…65535. */
export type Port = Brand<number, 'Port'>;

/** Where a session is reached inside the cluster. */
export interface Endpoint {
  readonly host: IpAddress;
  readonly port: Port;
}

/** The login node that a tunnel goes through. */
export interface LoginNode {
  readonly host: HostName;
  readonly port: Port | undefined;
  readonly user: UserName | undefined;
  /** Absolute path of the private key to log in with, without `%` and `${`; ssh chooses by itself where it is left out. */
  readonly identityFile?: string | undefined;
}

/** How a session is reached: straight, or through the user's own OpenSSH. */
export type Route =
  | { readonly kind: 'direct'; readonly target: Endpoint }
  | { readonly kind: 'ssh'; readonly target: Endpoint; readonly via: LoginNode };

/** RFC 4253 §4.2. */
export const SSH_PORT = 22 as Port;

const FIRST_VNC_PORT = 5900;
const MAX_PORT = 65535;

/** Accepts an integer or its canonical decimal text; no blanks, signs, leading zeros or exponents. */
export function parseDisplay(value: unknown): Display | undefined {
  return parsePositiveInteger(value, MAX_PORT - FIRST_VNC_PORT) as Display | undefined;
}

export function parsePort(value: unknown): Port | undefined {
  return parsePositiveInteger(value, MAX_PORT) as Port | undefined;
}

/** The RFB port of a display: 5900 + N (RFC 6143 §6 reserves 5900; the sum is the convention of every VNC server). */
export function portOfDisplay(display: Display): Port {
  return (FIRST_VNC_PORT + display) as Port;
}

/** Accepts `[user@]host[:port]`, with brackets around an IPv6 literal that has a port. */
export function parseLoginNode(text: string): LoginNode | undefined {
  const match = /^(?:([^@]*)@)?(?:\[([^\]]*)\]|([^:[\]]*))(?::([^:]*))?$/.exec(text);
  if (match === null) return undefined;
  const [, userText, bracketed, plain, portText] = match;
  const host = parseHostName(bracketed ?? plain);
  const user = parseUserName(userText);
  const port = parsePort(portText);
  const isWhole =
    (userText === undefined) === (user === undefined) &&
    (portText === undefined) === (port === undefined);
  return host !== undefined && isWhole ? { host, port, user } : undefined;
}

export function formatEndpoint(endpoint: Endpoint): string {
  return joinHostPort(endpoint.host, endpoint.port);
}

/** As `parseLoginNode` reads it. */
export function formatLoginNode({ user, host, port }: LoginNode): string {
  const bare = host.includes(':') ? `[${host}]` : host;
  const place = port === undefined ? bare : joinHostPort(host, port);
  return user === undefined ? place : `${user}@${place}`;
}

/** The line that tries a login node by hand; ssh(1) takes no port behind the host. */
export function sshLineOf({ user, host, port, identityFile }: LoginNode): string {
  const words = [
    'ssh',
    ...(identityFile === undefined ? [] : ['-i', quotePosix(identityFile)]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    user === undefined ? host : `${user}@${host}`,
  ];
  return words.join(' ');
}

function parsePositiveInteger(value: unknown, max: number): number | undefined {
  const isCanonical =
    typeof value === 'string' ? /^[1-9]\d*$/.test(value) : Number.isInteger(value);
  const number = isCanonical ? Number(value) : 0;
  return number >= 1 && number <= max ? number : undefined;
}
