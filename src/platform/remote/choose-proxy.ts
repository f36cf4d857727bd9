import { BlockList, isIP } from 'node:net';
import { DeskError } from '../../errors/desk-error.js';
import { type BaseUrl, isLoopbackUrl } from '../../model/base-url.js';

export interface ProxyServer {
  readonly kind: 'http' | 'socks';
  /** May contain a password. */
  readonly url: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Chooses the proxy for a URL by curl's rules (curl(1), ENVIRONMENT): lower-case variables first, empty counts as
 * unset, `NO_PROXY` lists domains with their subdomains, addresses and CIDR blocks. Loopback never uses a proxy.
 *
 * @throws usage.invalidValue for an invalid variable; does not repeat its value.
 */
export function chooseProxy(url: BaseUrl, environment: Environment): ProxyServer | undefined {
  const { protocol, hostname } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const names = [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY'];
  const name = names.find((candidate) => environment[candidate]);
  if (name === undefined || isLoopbackUrl(url)) return undefined;
  const exceptions = environment.no_proxy || environment.NO_PROXY || '';
  return isExcepted(hostname, exceptions) ? undefined : parseProxy(name, environment[name] ?? '');
}

function isExcepted(hostname: string, exceptions: string): boolean {
  if (exceptions.trim() === '*') return true;
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const isWithin = isIP(host) === 0 ? isWithinDomain : isWithinBlock;
  const entries = exceptions.toLowerCase().split(/[\s,]+/);
  return entries.some((entry) => isWithin(host, entry));
}

function isWithinDomain(host: string, entry: string): boolean {
  const domain = entry.replace(/^\./, '').replace(/\.$/, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isWithinBlock(address: string, entry: string): boolean {
  const [network = '', bits] = entry.replace(/[[\]]/g, '').split('/');
  const version = isIP(network);
  const maxBits = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? maxBits : Number(bits || Number.NaN);
  if (version === 0 || version !== isIP(address)) return false;
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > maxBits) return false;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(network, prefix, family);
  return block.check(address, family);
}

function parseProxy(name: string, value: string): ProxyServer {
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.hostname !== '' && isDecodable(url.username + url.password)) {
    if (/^https?:$/.test(url.protocol)) return { kind: 'http', url: url.href };
    if (/^socks(5h?)?:$/.test(url.protocol)) {
      return { kind: 'socks', url: text.replace(/^[^:]*/, 'socks5') };
    }
  }
  throw new DeskError('usage.invalidValue', {
    name,
    value: url?.protocol ?? '…',
    expected: 'http://HOST:PORT|https://HOST:PORT|socks5://HOST:PORT',
  });
}

/** User name and password are sent decoded; `%zz` cannot be. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
