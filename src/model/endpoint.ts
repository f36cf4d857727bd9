import type { Brand } from './brand.js';
import { quotePosix } from './quote.js';

/** A DNS name of letters, digits and hyphens, or an IP literal: safe as an argument of ssh. */
export type HostName = Brand<string, 'HostName'>;
/** An IPv4 or IPv6 literal without brackets and without a zone. */
export type IpAddress = Brand<string, 'IpAddress'>;
/** A user name: letters, digits, dot, hyphen, underscore, at most 64; does not start with a hyphen. */
export type UserName = Brand<string, 'UserName'>;

const LABEL = /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/;
const IPV4 = /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/;
const USER_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/;

/** Accepts an IP literal or an LDH name of at most 253 characters (RFC 1123 §2.1). */
export function parseHostName(value: unknown): HostName | undefined {
  if (typeof value !== 'string' || value.length > 253) return undefined;
  if (parseIpAddress(value) !== undefined) return value as HostName;
  // Some resolvers parse a name whose last label is a number as an IP address.
  const endsInNumber = /(^|\.)(\d+|0[xX][0-9A-Fa-f]*)$/.test(value);
  return !endsInNumber && value.split('.').every((label) => LABEL.test(label))
    ? (value as HostName)
    : undefined;
}

/** Accepts a plain IP literal; rejects zones (`%eth0`) and dotted IPv4 inside IPv6. */
export function parseIpAddress(value: unknown): IpAddress | undefined {
  if (typeof value !== 'string') return undefined;
  // The URL parser validates IPv6 (WHATWG URL §4.3) without loading `node:net`.
  const isIpv6 = /^[\dA-Fa-f:]+$/.test(value) && URL.canParse(`http://[${value}]`);
  return isIpv6 || IPV4.test(value) ? (value as IpAddress) : undefined;
}

export const LOOPBACK = '127.0.0.1' as IpAddress;

export function parseUserName(value: unknown): UserName | undefined {
  return typeof value === 'string' && USER_NAME.test(value) ? (value as UserName) : undefined;
}

export type AddressKind = 'loopback' | 'never' | 'ordinary';

/**
 * Classifies an address that a server sent, against SSRF: `loopback` is allowed only if the platform itself is on loopback;
 * `never`: unspecified, link-local, multicast and broadcast addresses (RFC 6890) and IPv4 embedded in IPv6.
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
  // The URL parser normalises IPv6 literals.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  if (canonical === '::1') return 'loopback';
  // The rest is unspecified, link-local, multicast or embeds IPv4, as does 2002::/16 (6to4, RFC 3056).
  const isGlobal = /^[23][\da-f]{3}:/.test(canonical) && !canonical.startsWith('2002:');
  const isUniqueLocal = /^f[cd][\da-f]{2}:/.test(canonical);
  return isGlobal || isUniqueLocal ? 'ordinary' : 'never';
}

/** `host:port`, with brackets around an IPv6 literal. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** An X display number of a VNC server: 1…59635, so that 5900 + N is a port. */
export type Display = Brand<number, 'Display'>;
/** A TCP port, 1…65535. */
export type Port = Brand<number, 'Port'>;

/** The address of a session inside the cluster. */
export interface Endpoint {
  readonly host: IpAddress;
  readonly port: Port;
}

/** The ssh jump host. */
export interface LoginNode {
  readonly host: HostName;
  readonly port: Port | undefined;
  readonly user: UserName | undefined;
  /** ssh's IdentityFile: absolute path without `%` and `${`; ssh chooses if it is undefined. */
  readonly identityFile?: string | undefined;
}

/** How a session is reached: directly, or through the user's OpenSSH. */
export type Route =
  | { readonly kind: 'direct'; readonly target: Endpoint }
  | { readonly kind: 'ssh'; readonly target: Endpoint; readonly via: LoginNode };

/** RFC 4253 §4.2. */
export const SSH_PORT = 22 as Port;

/** The port of display 0 would be this one. */
export const FIRST_VNC_PORT = 5900;
const MAX_PORT = 65535;

/** Accepts an integer or its canonical decimal text; no blanks, signs, leading zeros or exponents. */
export function parseDisplay(value: unknown): Display | undefined {
  return parsePositiveInteger(value, MAX_PORT - FIRST_VNC_PORT) as Display | undefined;
}

export function parsePort(value: unknown): Port | undefined {
  return parsePositiveInteger(value, MAX_PORT) as Port | undefined;
}

/** The RFB port of a display: 5900 + N by convention (RFC 6143 §6 reserves 5900). */
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
  const isComplete =
    (userText === undefined) === (user === undefined) &&
    (portText === undefined) === (port === undefined);
  return host !== undefined && isComplete ? { host, port, user } : undefined;
}

export function formatEndpoint(endpoint: Endpoint): string {
  return joinHostPort(endpoint.host, endpoint.port);
}

/** Inverse of `parseLoginNode`. */
export function formatLoginNode({ user, host, port }: LoginNode): string {
  const bare = host.includes(':') ? `[${host}]` : host;
  const place = port === undefined ? bare : joinHostPort(host, port);
  return user === undefined ? place : `${user}@${place}`;
}

/** A command line for ssh(1), to test a login node by hand. */
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
