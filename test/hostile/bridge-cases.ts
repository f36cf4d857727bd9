/** Everything that a client may get wrong when it connects to the bridge, as data. */
export const hosts = (port: number): readonly string[] => [
  `127.0.0.1:${port}`,
  '127.0.0.1',
  `127.0.0.1:${port + 1}`,
  `127.0.0.1:0${port}`,
  `127.0.0.1.:${port}`,
  `127.0.0.1:${port}.`,
  `127.0.0.1:${port},evil.test`,
  `127.1:${port}`,
  `127.0.0.2:${port}`,
  `0177.0.0.1:${port}`,
  `2130706433:${port}`,
  `0x7f000001:${port}`,
  `0.0.0.0:${port}`,
  `localhost:${port}`,
  `LOCALHOST:${port}`,
  `localhost.:${port}`,
  `foo.localhost:${port}`,
  `[::1]:${port}`,
  `[::ffff:127.0.0.1]:${port}`,
  `127.0.0.1.nip.io:${port}`,
  `evil.test:${port}`,
  'evil.test',
  `user@127.0.0.1:${port}`,
  `http://127.0.0.1:${port}`,
];

export const origins = (port: number): readonly (string | undefined)[] => [
  `http://127.0.0.1:${port}`,
  undefined,
  '',
  'null',
  `https://127.0.0.1:${port}`,
  `ws://127.0.0.1:${port}`,
  `http://127.0.0.1:${port}/`,
  `http://127.0.0.1:${port + 1}`,
  'http://127.0.0.1',
  `http://localhost:${port}`,
  `HTTP://127.0.0.1:${port}`,
  `http://127.0.0.1:${port}.evil.test`,
  'http://evil.test',
  'file://',
];

export interface UpgradeForm {
  readonly name: string;
  readonly path: string;
  readonly subprotocols: string | undefined;
}

/** @param key - A valid key, which no upgrade may contain. */
export const upgradeForms = (key: string): readonly UpgradeForm[] => [
  { name: 'right', path: '/desktop', subprotocols: 'binary' },
  { name: 'no subprotocol', path: '/desktop', subprotocols: undefined },
  { name: 'an empty subprotocol', path: '/desktop', subprotocols: '' },
  { name: 'a key behind the subprotocol', path: '/desktop', subprotocols: `binary, ${key}` },
  { name: 'a key as the subprotocol', path: '/desktop', subprotocols: key },
  { name: 'the subprotocol twice', path: '/desktop', subprotocols: 'binary, binary' },
  { name: 'a key in the query', path: `/desktop?key=${key}`, subprotocols: 'binary' },
  { name: 'another path', path: '/desktop/', subprotocols: 'binary' },
];

const NONCE = '5a'.repeat(32);

/** First messages of a handshake; only the first one may be answered with the program's proof. */
export const hellos = (key: string, spent: string) =>
  [
    ['right', `${key.slice(0, 11)} ${NONCE}`],
    ['empty', ''],
    ['no nonce', key.slice(0, 11)],
    ['the whole key', `${key} ${NONCE}`],
    ['the whole key alone', key],
    ['a spent link', `${spent.slice(0, 11)} ${NONCE}`],
    ['a guessed ID', `${'A'.repeat(11)} ${NONCE}`],
    ['an ID in other case', `${key.slice(0, 11).toUpperCase()}_ ${NONCE}`],
    ['a short nonce', `${key.slice(0, 11)} ${NONCE.slice(2)}`],
    ['a long nonce', `${key.slice(0, 11)} ${NONCE}5a`],
    ['a nonce in upper case', `${key.slice(0, 11)} ${NONCE.toUpperCase()}`],
    ['two lines', `${key.slice(0, 11)} ${NONCE}\n`],
    ['a line break in the ID', `${key.slice(0, 10)}\n ${NONCE}`],
    ['__proto__', `__proto__ ${NONCE}`],
    ['constructor', `constructor ${NONCE}`],
    ['1 MiB', 'x'.repeat(1024 * 1024)],
  ] as const;

/** Invalid messages in place of the page's proof. */
export const wrongProofs = (programProof: string) =>
  [
    ['nothing', ''],
    ['zeros', '0'.repeat(64)],
    ["the program's own proof", programProof],
    ['a short one', 'a'.repeat(63)],
    ['a long one', 'a'.repeat(65)],
    ['no hexadecimal', 'g'.repeat(64)],
    ['undefined', 'undefined'],
  ] as const;

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'] as const;

export const PATHS = [
  '/',
  '/page.js',
  '/index.html',
  '/desktop',
  '/../package.json',
  '/%2e%2e/package.json',
  '//page.js',
  '/page.js?x=1',
] as const;
