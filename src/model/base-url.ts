import type { Brand } from './brand.js';

/** An http(s) URL without user info, query, fragment and trailing slash, to which endpoint paths are appended. */
export type BaseUrl = Brand<string, 'BaseUrl'>;

export function parseBaseUrl(text: unknown): BaseUrl | undefined {
  if (typeof text !== 'string' || text.length > 2048 || !/^https?:\/\/[!-~]+$/i.test(text)) {
    return undefined;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined &&
    url.username === '' &&
    url.password === '' &&
    // An empty query or fragment is visible in the text only.
    !/[?#\\]/.test(text);
  return isPlain ? (`${url.origin}${url.pathname.replace(/\/+$/, '')}` as BaseUrl) : undefined;
}

/** Appends the service to a base URL unless it already ends in it: the platform uses both forms. */
export function joinServiceUrl(baseUrl: BaseUrl, service: string): BaseUrl {
  const trimmed = baseUrl.replace(/\/+$/, '');
  return (trimmed.endsWith(`/${service}`) ? trimmed : `${trimmed}/${service}`) as BaseUrl;
}

export function originOf(url: BaseUrl): string {
  return new URL(url).origin;
}

/** Whether the host is a loopback literal or `localhost`. */
export function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** Whether a token sent there would leave this machine in clear text. */
export function isClearText(url: string): boolean {
  return new URL(url).protocol !== 'https:' && !isLoopbackUrl(url);
}
