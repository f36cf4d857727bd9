import fc from 'fast-check';
import { isDesktopUpgrade, isFileRequest } from '../../src/transport/bridge/gate.js';
import { property } from './property.js';
import { almost, anyText } from './texts.js';

const HOST = '127.0.0.1:40001';
const KEY = 'k'.repeat(43);
const RIGHT: Readonly<Record<string, string>> = {
  host: HOST,
  origin: `http://${HOST}`,
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'binary',
};
const name = fc.constantFrom(...Object.keys(RIGHT));
const header = fc.tuple(
  fc
    .tuple(name, fc.constantFrom(...['', 'upper', 'first']))
    .map(([text, form]) =>
      form === 'upper'
        ? text.toUpperCase()
        : form === 'first'
          ? text.replace(/^./, (one) => one.toUpperCase())
          : text,
    ),
  fc.oneof(
    name.map((which) => RIGHT[which] ?? ''),
    fc.constantFrom(
      'localhost:40001',
      'evil.test:40001',
      '127.0.0.1',
      '127.0.0.1:40002',
      '127.1:40001',
      'null',
      `https://${HOST}`,
      `${HOST}.`,
      ` ${HOST}`,
      'h2c',
      'WebSocket',
      `binary,${KEY}`,
      `${KEY}, binary`,
      'binary',
      `binary, ${KEY}, x`,
      '',
    ),
    anyText,
    almost(HOST),
  ),
);
/** The right headers, usually with one missing, changed, duplicated or added. */
const headers = fc
  .tuple(
    fc.option(name),
    fc.array(fc.tuple(header, fc.nat()), { maxLength: 2 }),
    fc.array(fc.tuple(name, anyText), { maxLength: 1 }),
  )
  .map(([left, added, changed]) => {
    const list = Object.entries(RIGHT).filter(
      ([one]) => one !== left && !changed.some(([other]) => other === one),
    );
    for (const [pair, at] of added) list.splice(at % (list.length + 1), 0, pair);
    return [...list, ...changed].flat();
  });
const rightHeaders = fc
  .shuffledSubarray(Object.entries(RIGHT), { minLength: 7 })
  .map((list) => list.flat());
const request = fc.record({
  method: fc.oneof(
    fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'get', 'PUT', 'CONNECT'),
    anyText,
  ),
  url: fc.oneof(
    fc.constantFrom(
      '/',
      '/page.js',
      '/session',
      '/desktop',
      '/desktop/',
      '/desktop?k',
      '//',
      '/./page.js',
      '/%70age.js',
      `http://${HOST}/`,
      '*',
    ),
    almost('/desktopsessionpage.js'),
  ),
  rawHeaders: fc.oneof(headers, rightHeaders),
});

/** All values of a header; names are case-insensitive. */
function valuesOf(rawHeaders: readonly string[], wanted: string): readonly string[] {
  const pairs = rawHeaders.flatMap((text, place) =>
    place % 2 === 0 ? [[text, rawHeaders[place + 1] ?? '']] : [],
  );
  return pairs.flatMap(([one = '', value = '']) => (one.toLowerCase() === wanted ? [value] : []));
}

const isOnly = (rawHeaders: readonly string[], wanted: string) =>
  valuesOf(rawHeaders, wanted).join('\0') === RIGHT[wanted];

property('a file request needs GET and exactly one matching Host', 1_200, request, (facts) => {
  const isRight = facts.method === 'GET' && isOnly(facts.rawHeaders, 'host');
  return isFileRequest(facts, HOST) === isRight;
});

property(
  'an upgrade is accepted only if each checked header is right and occurs once',
  1_500,
  fc.oneof(headers, rightHeaders),
  (rawHeaders) => {
    const areRight = Object.keys(RIGHT).every((one) => {
      if (one === 'connection') return true;
      if (one === 'upgrade') return /^websocket$/i.test(valuesOf(rawHeaders, one).join('\0'));
      if (one === 'sec-websocket-key') {
        return /^[+/\dA-Za-z]{22}==$/.test(valuesOf(rawHeaders, one).join('\0'));
      }
      return isOnly(rawHeaders, one);
    });
    return isDesktopUpgrade({ method: 'GET', url: '/desktop', rawHeaders }, HOST) === areRight;
  },
);
