/** Where the request arrives: at the platform, at one of the proxies, or nowhere because of an error. */
export type Way =
  | 'direct'
  | 'lower'
  | 'upper'
  | 'all'
  | 'socks'
  | 'usage.invalidValue'
  | 'network.unreachable';

export interface ProxyCase {
  readonly title: string;
  /** The requested URL, with `{port}`. */
  readonly url: string;
  /** With `{lower}`, `{upper}`, `{all}` and `{socks}` for `HOST:PORT` of a proxy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly way: Way;
  /** The credentials that the proxy receives. */
  readonly credentials?: string;
}

const NAME = 'http://hpc.example.invalid:{port}';
const LOWER = 'http://{lower}';
const UPPER = 'http://{upper}';
const ALL = 'http://{all}';

const row = (
  title: string,
  environment: Readonly<Record<string, string>>,
  way: Way,
  url = NAME,
): ProxyCase => ({ title, environment, way, url });
const past = (noProxy: string, way: Way = 'direct') =>
  row(`NO_PROXY is ${JSON.stringify(noProxy)}`, { http_proxy: LOWER, NO_PROXY: noProxy }, way);
const loopback = (host: string) =>
  row(
    `the host is ${host}`,
    { http_proxy: LOWER, HTTP_PROXY: UPPER, ALL_PROXY: ALL, NO_PROXY: '' },
    'direct',
    `http://${host}:{port}`,
  );
const as = (user: string, credentials: string): ProxyCase => ({
  ...row(`the proxy URL has the user ${user}`, { http_proxy: `http://${user}@{lower}` }, 'lower'),
  credentials,
});

/** By curl's rules (curl(1), ENVIRONMENT), on the wire. */
export const PROXY_CASES: readonly ProxyCase[] = [
  row('no proxy is set', {}, 'direct'),
  row('http_proxy is set', { http_proxy: LOWER }, 'lower'),
  row('HTTP_PROXY is set', { HTTP_PROXY: UPPER }, 'upper'),
  row('both http proxies are set', { http_proxy: LOWER, HTTP_PROXY: UPPER }, 'lower'),
  row('all_proxy is set', { all_proxy: ALL }, 'all'),
  row('ALL_PROXY is set', { ALL_PROXY: ALL }, 'all'),
  row('http_proxy and ALL_PROXY are set', { http_proxy: LOWER, ALL_PROXY: ALL }, 'lower'),
  row('HTTP_PROXY and all_proxy are set', { HTTP_PROXY: UPPER, all_proxy: ALL }, 'upper'),
  row('http_proxy is empty', { http_proxy: '', HTTP_PROXY: UPPER }, 'upper'),
  row('both http proxies are empty', { http_proxy: '', HTTP_PROXY: '', ALL_PROXY: ALL }, 'all'),
  row('all proxy variables are empty', { http_proxy: '', HTTP_PROXY: '', ALL_PROXY: '' }, 'direct'),
  row('only https proxies are set', { https_proxy: LOWER, HTTPS_PROXY: UPPER }, 'direct'),
  row('the proxy URL has no scheme', { http_proxy: '{lower}' }, 'lower'),
  row('the proxy URL ends with a slash', { http_proxy: `${LOWER}/` }, 'lower'),
  past('*'),
  past('hpc.example.invalid'),
  past('.example.invalid'),
  past('example.invalid'),
  past('invalid'),
  past('HPC.Example.Invalid'),
  past('hpc.example.invalid.'),
  past(' a.example , hpc.example.invalid '),
  past('a.example hpc.example.invalid'),
  past('', 'lower'),
  past(',', 'lower'),
  past('.', 'lower'),
  past('pc.example.invalid', 'lower'),
  past('x.hpc.example.invalid', 'lower'),
  past('*.example.invalid', 'lower'),
  past('hpc.example.invalid:80', 'lower'),
  past('0.0.0.0/0', 'lower'),
  row('no_proxy overrides', { http_proxy: LOWER, no_proxy: 'a.example', NO_PROXY: '*' }, 'lower'),
  row('an empty no_proxy is ignored', { http_proxy: LOWER, no_proxy: '', NO_PROXY: '*' }, 'direct'),
  loopback('127.0.0.1'),
  loopback('localhost'),
  row('the host is an IPv4 address', { http_proxy: LOWER }, 'lower', 'http://10.1.2.3:{port}'),
  row('the host is an IPv6 address', { http_proxy: LOWER }, 'lower', 'http://[2001:db8::7]'),
  as('user', 'user:'),
  as(':secret', ':secret'),
  as('%E7%94%A8:secret', '用:secret'),
  as('user:secret', 'user:secret'),
  as('user:s%40cr%3Aet', 'user:s@cr:et'),
  as('us%20er:pa%20ss', 'us er:pa ss'),
  row('the proxy URL is socks5', { ALL_PROXY: 'socks5://{socks}' }, 'socks'),
  row('the proxy URL is socks5h', { ALL_PROXY: 'socks5h://{socks}' }, 'socks'),
  row('the proxy URL is socks', { http_proxy: 'socks://{socks}' }, 'socks'),
  row('the proxy URL is socks4', { ALL_PROXY: 'socks4://{socks}' }, 'usage.invalidValue'),
  row('the proxy URL is ftp', { http_proxy: 'ftp://u:SENTINEL@{lower}' }, 'usage.invalidValue'),
  row(
    'the proxy user is not valid percent-encoding',
    { http_proxy: 'http://%zz:x@{lower}' },
    'usage.invalidValue',
  ),
  row(
    'the proxy password is not valid UTF-8',
    { ALL_PROXY: 'socks5://u:%ff@{socks}' },
    'usage.invalidValue',
  ),
  row('the proxy URL has no host', { http_proxy: 'http://' }, 'usage.invalidValue'),
  row('the proxy is not running', { http_proxy: 'http://127.0.0.1:9' }, 'network.unreachable'),
];
