/** Everything that a client may get wrong on its way into the bridge, as data. */
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

export interface KeyForm {
  readonly name: string;
  readonly path: string;
  readonly subprotocols: string | undefined;
}

/** @param spent - The secret of a link that was used. */
export const keyForms = (key: string, spent: string): readonly KeyForm[] => [
  { name: 'right', path: '/desktop', subprotocols: `binary, ${key}` },
  { name: 'none', path: '/desktop', subprotocols: 'binary' },
  { name: 'no subprotocol', path: '/desktop', subprotocols: undefined },
  { name: 'guessed', path: '/desktop', subprotocols: `binary, ${'A'.repeat(43)}` },
  { name: 'short', path: '/desktop', subprotocols: `binary, ${key.slice(0, -1)}` },
  { name: 'long', path: '/desktop', subprotocols: `binary, ${key}A` },
  { name: 'spent link', path: '/desktop', subprotocols: `binary, ${spent}` },
  { name: 'in the query', path: `/desktop?key=${key}`, subprotocols: 'binary' },
];

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND'] as const;

export const PATHS = [
  '/',
  '/page.js',
  '/index.html',
  '/session',
  '/../package.json',
  '/%2e%2e/package.json',
  '//page.js',
  '/page.js?x=1',
] as const;
