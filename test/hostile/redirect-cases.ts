/** Builds the headers from the port of the redirecting server and the port of the eavesdropper. */
type Lead = (ports: { readonly first: number; readonly second: number }) => readonly string[];

export interface RedirectCase {
  readonly title: string;
  /** Complete header lines. */
  readonly headers: Lead;
}

const to = (title: string, location: (first: number, second: number) => string): RedirectCase => ({
  title,
  headers: ({ first, second }) => [`location: ${location(first, second)}`],
});

/** Headers are sent one byte for each character. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** Must not appear in any message: only the origin of a Location may. */
export const PRIVATE_PATH = 'PRIVATE-PATH';

export const STATUSES = [301, 302, 303, 307, 308] as const;

/** Each leads away from the configured origin, or would if followed long enough. */
export const LEADS: readonly RedirectCase[] = [
  to('another port', (_, second) => `http://127.0.0.1:${second}/${PRIVATE_PATH}`),
  to('another host', () => `http://other.example.invalid/${PRIVATE_PATH}`),
  to('another host over https', () => `https://other.example.invalid/${PRIVATE_PATH}`),
  to('another name of this host', (_, second) => `http://localhost:${second}/`),
  to('the same port over https', (first) => `https://127.0.0.1:${first}/`),
  to('another port over https', (_, second) => `https://127.0.0.1:${second}/`),
  to('a URL without a scheme', (_, second) => `//127.0.0.1:${second}/`),
  to('a URL with a backslash', (_, second) => `/\\127.0.0.1:${second}/`),
  to(
    'a URL with the original host as its user',
    (first, second) => `http://127.0.0.1:${first}@127.0.0.1:${second}/`,
  ),
  to(
    'a URL with an escaped slash in its user',
    (first, second) => `http://127.0.0.1:${first}%2F@127.0.0.1:${second}/`,
  ),
  to('a host with ideographic full stops', (_, second) => utf8(`http://127。0。0。1:${second}/`)),
  to('a host with full-width digits', (_, second) => utf8(`http://１２７.0.0.1:${second}/`)),
  to('a host that is a single number', (_, second) => `http://2130706433:${second}/`),
  to('a host in hexadecimal', (_, second) => `http://0x7f.1:${second}/`),
  to('an IPv6 host', (_, second) => `http://[::1]:${second}/`),
  to('an IPv4-mapped IPv6 host', (_, second) => `http://[::ffff:127.0.0.1]:${second}/`),
  to('the same origin', () => `/hpc/${PRIVATE_PATH}`),
  to('its own path', () => '/hpc/openapi/v2/desktop/vnc'),
  to('its own path with a query', () => '?hop=1'),
  to('an upper-case scheme', (_, second) => `HTTP://127.0.0.1:${second}/`),
  to('a file: URL', () => 'file:///etc/passwd'),
  to('a javascript: URL', () => 'javascript:alert(1)'),
  to('a data: URL', () => 'data:application/json,{"code":"0","data":[]}'),
  to('a URL of 15 kB', (_, second) => `http://127.0.0.1:${second}/${'x'.repeat(15_000)}`),
  to('an empty Location', () => ''),
  { title: 'no Location', headers: () => [] },
  {
    title: 'two Locations',
    headers: ({ first, second }) => [
      `location: http://127.0.0.1:${first}/`,
      `location: http://127.0.0.1:${second}/`,
    ],
  },
  {
    title: 'URLs in headers other than Location',
    headers: ({ second }) => [
      `refresh: 0; url=http://127.0.0.1:${second}/`,
      `content-location: http://127.0.0.1:${second}/`,
      `link: <http://127.0.0.1:${second}/>; rel=preload`,
      `alt-svc: h2="127.0.0.1:${second}"`,
    ],
  },
];
