import type { Brand } from './brand.js';
import { quotePosix } from './quote.js';

/** A DNS name of letters, digits and hyphens, or an IP literal: safe as an argument of ssh. */
export type HostName = Brand<string, 'HostName'>;
/** An IPv4 or IPv6 literal without brackets and without a zone. */
export type IpAddress = Brand<string, 'IpAddress'>;
/** A login name: letters, digits, dot, hyphen, underscore, at most 64; never starts with a hyphen. */
export type UserName = Brand<string, 'UserName'>;

const LABEL = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;
const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const USER_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;

/** Accepts an IP literal or an LDH name of at most 253 characters (RFC 1123 §2.1). */
export function parseHostName(value: unknown): HostName | undefined {
  if (typeof value !== 'string' || value.length > 253) return undefined;
  if (parseIpAddress(value) !== undefined) return value as HostName;
  // A name whose last label is a number would be read as an IP address by some resolvers.
  const endsInNumber = /(^|\.)(\d+|0[xX][0-9A-Fa-f]*)$/.test(value);
  return !endsInNumber && value.split('.').every((label) => LABEL.test(label))
    ? (value as HostName)
    : undefined;
}

/** Accepts a plain IP literal; zones (`%eth0`) and IPv4 written inside IPv6 are refused. */
export function parseIpAddress(value: unknown): IpAddress | undefined {
  if (typeof value !== 'string') return undefined;
  // The URL parser knows IPv6 (WHATWG URL §4.3), and unlike `node:net` it costs nothing to load.
  const isIpv6 = /^[\dA-Fa-f:]+$/.test(value) && URL.canParse(`http://[${value}]`);
  return isIpv6 || IPV4.test(value) ? (value as IpAddress) : undefined;
}

export const LOOPBACK = '127.0.0.1' as IpAddress;

export function parseUserName(value: unknown): UserName | undefined {
  return typeof value === 'string' && USER_NAME.test(value) ? (value as UserName) : undefined;
}

export type AddressKind = 'loopback' | 'never' | 'ordinary';

/**
 * Sorts an address by where a server may steer us: `loopback` only when the platform itself is on loopback,
 * `never` for unspecified, link-local, multicast and broadcast addresses (RFC 6890) and IPv4 inside IPv6.
 */
export function kindOfAddress(address: IpAddress): AddressKind {
  return address.includes(':') ? kindOfIpv6(address) : kindOfIpv4(address);
}

function kindOfIpv4(address: string): AddressKind {
  const [first = 0, second = 0] = address.split('.').map(Number);
  if (first === 127) return 'loopback';
  if (first === 0 || first >= 224 || (first === 169 && second === 254)) return 'never';
  return 'ordinary';
}

function kindOfIpv6(address: string): AddressKind {
  // The URL parser writes an IPv6 literal in its one canonical form.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  if (canonical === '::1') return 'loopback';
  // The rest of IPv6 is unspecified, link-local, multicast, or IPv4 in another coat, as 2002::/16 is too (RFC 3056).
  const isGlobal = /^[23][\da-f]{3}:/.test(canonical) && !canonical.startsWith('2002:');
  const isOfSite = /^f[cd][\da-f]{2}:/.test(canonical);
  return isGlobal || isOfSite ? 'ordinary' : 'never';
}

/** Writes `host:port`, with brackets around an IPv6 literal. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

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
