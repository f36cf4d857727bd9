import fc from 'fast-check';
import { admitRequest, keyOfUpgrade } from '../../src/transport/bridge/gate.js';
import { mask, unmask } from '../../src/transport/bridge/mask-words.js';
import { property } from './property.js';
import { almost, anyText } from './texts.js';

const HOST = '127.0.0.1:40001';
const PATHS = new Set(['/', '/page.js', '/page.css']);
const KEY = 'k'.repeat(43);
const RIGHT: Readonly<Record<string, string>> = {
  host: HOST,
  origin: `http://${HOST}`,
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': `binary, ${KEY}`,
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
/** The right headers, most of the time with one left out, changed, doubled, or a strange one among them. */
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

/** Every value of a header, whatever the case of its name. */
function valuesOf(rawHeaders: readonly string[], wanted: string): readonly string[] {
  const pairs = rawHeaders.flatMap((text, place) =>
    place % 2 === 0 ? [[text, rawHeaders[place + 1] ?? '']] : [],
  );
  return pairs.flatMap(([one = '', value = '']) => (one.toLowerCase() === wanted ? [value] : []));
}

const isOnly = (rawHeaders: readonly string[], wanted: string) =>
  valuesOf(rawHeaders, wanted).join('\0') === RIGHT[wanted];

/** Moves a place to where the bytes of a buffer do not begin at a word. */
const payload = fc.record({
  bytes: fc.uint8Array({ maxLength: 300 }),
  key: fc.uint8Array({ minLength: 4, maxLength: 4 }),
  at: fc.integer({ min: 0, max: 9 }),
  behind: fc.nat(9),
});

/** RFC 6455 §5.3, as it stands there. */
const byTheBook = (bytes: Uint8Array, key: Uint8Array) =>
  Buffer.from(bytes.map((byte, index) => byte ^ (key[index % 4] ?? 0)));

export const BRIDGE_PROPERTIES = [
  property('a file is for a GET of its very path with our one Host', 12_000, request, (facts) => {
    const isRight =
      facts.method === 'GET' && PATHS.has(facts.url) && isOnly(facts.rawHeaders, 'host');
    return (admitRequest(facts, { host: HOST, paths: PATHS }).kind === 'file') === isRight;
  }),
  property(
    'a session is for a POST with our one Host and our one Origin',
    12_000,
    request,
    (facts) => {
      const isRight =
        facts.method === 'POST' &&
        facts.url === '/session' &&
        isOnly(facts.rawHeaders, 'host') &&
        isOnly(facts.rawHeaders, 'origin');
      return (admitRequest(facts, { host: HOST, paths: PATHS }).kind === 'session') === isRight;
    },
  ),
  property(
    'a key comes only out of an upgrade whose every header is right and there once',
    15_000,
    fc.oneof(headers, rightHeaders),
    (rawHeaders) => {
      const key = keyOfUpgrade({ method: 'GET', url: '/desktop', rawHeaders }, HOST);
      const [offered = '', ...more] = valuesOf(rawHeaders, 'sec-websocket-protocol');
      const areRight = ['host', 'origin', 'sec-websocket-version'].every((one) =>
        isOnly(rawHeaders, one),
      );
      if (key !== undefined)
        return areRight && more.length === 0 && offered.replace(/^binary, ?/, '') === key;
      return !Object.keys(RIGHT).every((one) => one === 'connection' || isOnly(rawHeaders, one));
    },
  ),
  property(
    'a payload is unmasked as RFC 6455 says, and nothing beside it is touched',
    12_000,
    payload,
    ({ bytes, key, at, behind }) => {
      const whole = Buffer.from(new ArrayBuffer(at + bytes.length + behind)).fill(0xa5);
      whole.set(bytes, at);
      unmask(whole.subarray(at, at + bytes.length), Buffer.from(key));
      const expected = Buffer.alloc(whole.length, 0xa5);
      byTheBook(bytes, key).copy(expected, at);
      return whole.equals(expected);
    },
  ),
  property(
    'a payload that is masked into another buffer leaves its source',
    8_000,
    payload,
    ({ bytes, key, at, behind }) => {
      const source = Buffer.from(bytes);
      const output = Buffer.alloc(at + bytes.length + behind, 0xa5);
      mask(source, Buffer.from(key), output, at, source.length);
      const expected = Buffer.alloc(output.length, 0xa5);
      byTheBook(bytes, key).copy(expected, at);
      return output.equals(expected) && source.equals(Buffer.from(bytes));
    },
  ),
];
