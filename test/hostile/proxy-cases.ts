/** Who hears the request: the platform itself, one of the proxies, or nobody because of an error. */
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
  /** Where it is asked, with `{port}`. */
  readonly url: string;
  /** With `{lower}`, `{upper}`, `{all}` and `{socks}` for `HOST:PORT` of a proxy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly way: Way;
  /** What the proxy is told of who asks. */
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
    `${host} is this machine`,
    { http_proxy: LOWER, HTTP_PROXY: UPPER, ALL_PROXY: ALL, NO_PROXY: '' },
    'direct',
    `http://${host}:{port}`,
  );
const as = (user: string, credentials: string): ProxyCase => ({
  ...row(`the proxy has the user ${user}`, { http_proxy: `http://${user}@{lower}` }, 'lower'),
  credentials,
});

/** By curl's rules (curl(1), ENVIRONMENT), on the wire. */
export const PROXY_CASES: readonly ProxyCase[] = [
  row('there is none', {}, 'direct'),
  row('http_proxy is set', { http_proxy: LOWER }, 'lower'),
  row('HTTP_PROXY is set', { HTTP_PROXY: UPPER }, 'upper'),
  row('both are set', { http_proxy: LOWER, HTTP_PROXY: UPPER }, 'lower'),
  row('all_proxy is set', { all_proxy: ALL }, 'all'),
  row('ALL_PROXY is set', { ALL_PROXY: ALL }, 'all'),
  row('http_proxy and ALL_PROXY are set', { http_proxy: LOWER, ALL_PROXY: ALL }, 'lower'),
  row('HTTP_PROXY and all_proxy are set', { HTTP_PROXY: UPPER, all_proxy: ALL }, 'upper'),
  row('http_proxy is empty', { http_proxy: '', HTTP_PROXY: UPPER }, 'upper'),
  row('both are empty', { http_proxy: '', HTTP_PROXY: '', ALL_PROXY: ALL }, 'all'),
  row('everything is empty', { http_proxy: '', HTTP_PROXY: '', ALL_PROXY: '' }, 'direct'),
  row('only https is proxied', { https_proxy: LOWER, HTTPS_PROXY: UPPER }, 'direct'),
  row('the proxy has no scheme', { http_proxy: '{lower}' }, 'lower'),
  row('the proxy has a slash at its end', { http_proxy: `${LOWER}/` }, 'lower'),
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
  row('no_proxy wins', { http_proxy: LOWER, no_proxy: 'a.example', NO_PROXY: '*' }, 'lower'),
  row('an empty no_proxy does not', { http_proxy: LOWER, no_proxy: '', NO_PROXY: '*' }, 'direct'),
  loopback('127.0.0.1'),
  loopback('localhost'),
  row('an address is proxied', { http_proxy: LOWER }, 'lower', 'http://10.1.2.3:{port}'),
  row('an address in IPv6 is proxied', { http_proxy: LOWER }, 'lower', 'http://[2001:db8::7]'),
  as('user', 'user:'),
  as(':secret', ':secret'),
  as('%E7%94%A8:secret', '用:secret'),
  as('user:secret', 'user:secret'),
  as('user:s%40cr%3Aet', 'user:s@cr:et'),
  as('us%20er:pa%20ss', 'us er:pa ss'),
  row('the proxy speaks SOCKS', { ALL_PROXY: 'socks5://{socks}' }, 'socks'),
  row('the proxy speaks SOCKS and resolves', { ALL_PROXY: 'socks5h://{socks}' }, 'socks'),
  row('the proxy speaks any SOCKS', { http_proxy: 'socks://{socks}' }, 'socks'),
  row('the proxy speaks SOCKS 4', { ALL_PROXY: 'socks4://{socks}' }, 'usage.invalidValue'),
  row('the proxy speaks FTP', { http_proxy: 'ftp://u:SENTINEL@{lower}' }, 'usage.invalidValue'),
  row(
    'the proxy has a user that is no text',
    { http_proxy: 'http://%zz:x@{lower}' },
    'usage.invalidValue',
  ),
  row(
    'the proxy has a password that is no text',
    { ALL_PROXY: 'socks5://u:%ff@{socks}' },
    'usage.invalidValue',
  ),
  row('the proxy has no host', { http_proxy: 'http://' }, 'usage.invalidValue'),
  row('the proxy is not there', { http_proxy: 'http://127.0.0.1:9' }, 'network.unreachable'),
];
