/** Where a redirect leads, made of the port it comes from and the port of who would like to hear our secrets. */
type Lead = (ports: { readonly first: number; readonly second: number }) => readonly string[];

export interface RedirectCase {
  readonly title: string;
  /** Whole header lines. */
  readonly headers: Lead;
}

const to = (title: string, location: (first: number, second: number) => string): RedirectCase => ({
  title,
  headers: ({ first, second }) => [`location: ${location(first, second)}`],
});

/** Headers are sent one byte for each character. */
const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** What no part of a message may hold: the rest of a location is nobody's business. */
export const PRIVATE_PATH = 'PRIVATE-PATH';

export const STATUSES = [301, 302, 303, 307, 308] as const;

/** Each leads away from where the secrets belong, or would if it were followed long enough. */
export const LEADS: readonly RedirectCase[] = [
  to('another port', (_, second) => `http://127.0.0.1:${second}/${PRIVATE_PATH}`),
  to('another host', () => `http://other.example.invalid/${PRIVATE_PATH}`),
  to('another host, encrypted', () => `https://other.example.invalid/${PRIVATE_PATH}`),
  to('another name of this host', (_, second) => `http://localhost:${second}/`),
  to('the same port, encrypted', (first) => `https://127.0.0.1:${first}/`),
  to('another port, encrypted', (_, second) => `https://127.0.0.1:${second}/`),
  to('a place without scheme', (_, second) => `//127.0.0.1:${second}/`),
  to('a place behind backslashes', (_, second) => `/\\127.0.0.1:${second}/`),
  to(
    'a place behind our own as its user',
    (first, second) => `http://127.0.0.1:${first}@127.0.0.1:${second}/`,
  ),
  to(
    'a place behind an escaped slash',
    (first, second) => `http://127.0.0.1:${first}%2F@127.0.0.1:${second}/`,
  ),
  to('a host with wide dots', (_, second) => utf8(`http://127。0。0。1:${second}/`)),
  to('a host with wide digits', (_, second) => utf8(`http://１２７.0.0.1:${second}/`)),
  to('a host that is one number', (_, second) => `http://2130706433:${second}/`),
  to('a host in hexadecimal', (_, second) => `http://0x7f.1:${second}/`),
  to('a host in IPv6', (_, second) => `http://[::1]:${second}/`),
  to('a host in IPv6 that is IPv4', (_, second) => `http://[::ffff:127.0.0.1]:${second}/`),
  to('the same origin', () => `/hpc/${PRIVATE_PATH}`),
  to('itself', () => '/hpc/openapi/v2/desktop/vnc'),
  to('a thousand hops', () => '?hop=1'),
  to('an upper-case scheme', (_, second) => `HTTP://127.0.0.1:${second}/`),
  to('a file', () => 'file:///etc/passwd'),
  to('a script', () => 'javascript:alert(1)'),
  to('data', () => 'data:application/json,{"code":"0","data":[]}'),
  to('far', (_, second) => `http://127.0.0.1:${second}/${'x'.repeat(15_000)}`),
  to('nothing', () => ''),
  { title: 'nowhere', headers: () => [] },
  {
    title: 'two places',
    headers: ({ first, second }) => [
      `location: http://127.0.0.1:${first}/`,
      `location: http://127.0.0.1:${second}/`,
    ],
  },
  {
    title: 'a place that a browser refreshes to',
    headers: ({ second }) => [
      `refresh: 0; url=http://127.0.0.1:${second}/`,
      `content-location: http://127.0.0.1:${second}/`,
      `link: <http://127.0.0.1:${second}/>; rel=preload`,
      `alt-svc: h2="127.0.0.1:${second}"`,
    ],
  },
];
