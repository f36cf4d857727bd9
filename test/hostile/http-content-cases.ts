import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  badData,
  type HttpCase,
  noData,
  ok,
  redirect,
  row,
  tooMany,
  unusable,
} from './http-case.js';
import * as part from './http-parts.js';

const { say, head, whole, dataOf, encoded, html, GOOD, HTML } = part;

const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')]);

export const CONTENT: readonly HttpCase[] = [
  row('sends HTML', [html(200)], unusable),
  row('sends HTML as JSON', [whole(HTML, 200, 'content-type: application/json')], unusable),
  row('sends JSON as HTML', [whole(GOOD, 200, 'content-type: text/html')], ok),
  row('sends an empty body', [whole('')], unusable),
  row('sends 204', [say(head(204))], unusable),
  row('sends only spaces', [whole('   ')], unusable),
  row('sends null', [whole('null')], unusable),
  row('sends a string', [whole('"string"')], unusable),
  row('sends a number', [whole('42')], unusable),
  row('sends an array', [whole(`[${GOOD}]`)], unusable),
  row('sends an empty object', [whole('{}')], unusable),
  row('sends truncated JSON', [whole(GOOD.slice(0, -9))], unusable),
  row('sends two objects', [whole(GOOD + GOOD)], unusable),
  row('sends NaN', [whole('{"code":NaN}')], unusable),
  row('sends UTF-16', [whole(utf16)], unusable),
  row('sends invalid UTF-8', [whole(Buffer.from([0x22, 0xff, 0x22]))], unusable),
  row('sends a byte order mark', [whole(`\ufeff${GOOD}`)], ok),
  row('sends two byte order marks', [whole(`\ufeff\ufeff${GOOD}`)], unusable),
  row('sends a null code', [whole('{"code":null,"data":{}}')], unusable),
  row('sends a code that is an object', [whole('{"code":{},"data":{}}')], unusable),
  row('sends code only in __proto__', [whole('{"__proto__":{"code":"0"},"data":{}}')], unusable),
  row('sends no data', [whole('{"code":"0"}')], noData),
  row('sends data that is a string', [whole(dataOf('"x"'))], badData),
  row('sends data that is a number', [whole(dataOf('1e999'))], badData),
  row('sends data without its fields', [whole(dataOf('{"a":1}'))], badData),
  row('sends data that is [null]', [whole(dataOf('[null]'))], badData),
  row('sends data of nested arrays', [whole(dataOf('[[[]]]'))], badData),
  row('sends unrequested gzip', [encoded('gzip', gzipSync(GOOD))], unusable),
  row('sends unrequested brotli', [encoded('br', brotliCompressSync(GOOD))], unusable),
  row('sends unrequested deflate', [encoded('deflate', deflateSync(GOOD))], unusable),
  row('sends an unknown content coding', [encoded('x-own', Buffer.from(GOOD))], unusable),
  row('sends gzip without Content-Encoding', [whole(gzipSync(GOOD))], unusable),
  row('sends Content-Encoding: identity', [encoded('identity', Buffer.from(GOOD))], ok),
];

const after = (value: string) => html(429, `retry-after: ${value}`);

export const STATUS: readonly HttpCase[] = [
  ...[301, 302, 307, 308].map((status) =>
    row(`redirects without Location with ${status}`, [html(status)], redirect),
  ),
  row('redirects to an invalid URL', [html(302, 'location: http://[::')], redirect),
  row('redirects to a URL of 15 kB', [html(302, `location: /${'x'.repeat(15_000)}`)], redirect),
  row('sends 304 Not Modified', [say(head(304))], redirect),
  ...[400, 404, 405, 408, 413, 418, 421, 425, 431, 451, 500, 501, 502, 503, 504, 511, 599].map(
    (status) => row(`sends HTML with ${status}`, [html(status)], unusable),
  ),
  row('sends HTML with 600', [html(600)], unusable),
  row('sends HTML with 999', [html(999)], unusable),
  row('sends HTML with 401', [html(401)], ['auth.expired']),
  row('sends HTML with 403', [html(403)], ['platform.forbidden']),
  row('sends a success body with 403', [whole(GOOD, 403)], ['platform.forbidden']),
  row('sends HTML with 429', [html(429)], tooMany),
  row('sends Retry-After: 3600', [after('3600')], tooMany),
  row('sends Retry-After: 1', [after('1')], tooMany),
  row('sends Retry-After: 0', [after('0')], tooMany),
  row('sends Retry-After of 400 digits', [after('9'.repeat(400))], tooMany),
  row('sends a negative Retry-After', [after('-1')], tooMany),
  row('sends Retry-After in 1970', [after('Thu, 01 Jan 1970 00:00:00 GMT')], tooMany),
  row('sends Retry-After in 9999', [after('Fri, 31 Dec 9999 23:59:59 GMT')], tooMany),
  row('sends an invalid Retry-After', [after('Xxx, 99 Xxx 0000 99:99:99 GMT')], tooMany),
  row('sends Retry-After: 3600 with 503', [html(503, 'retry-after: 3600')], unusable),
  row('sends a busy code with 429', [whole('{"code":"815201"}', 429)], ['platform.busy']),
  row('sends a success body with 500', [whole(GOOD, 500)], unusable),
  row('sends a failure code with 200', [whole('{"code":"10001"}')], ['platform.fault']),
];
