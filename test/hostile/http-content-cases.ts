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
  row('sends a page', [html(200)], unusable),
  row('sends a page as JSON', [whole(HTML, 200, 'content-type: application/json')], unusable),
  row('sends JSON as a page', [whole(GOOD, 200, 'content-type: text/html')], ok),
  row('sends nothing', [whole('')], unusable),
  row('sends 204', [say(head(204))], unusable),
  row('sends blanks', [whole('   ')], unusable),
  row('sends null', [whole('null')], unusable),
  row('sends a string', [whole('"string"')], unusable),
  row('sends a number', [whole('42')], unusable),
  row('sends a list', [whole(`[${GOOD}]`)], unusable),
  row('sends an empty object', [whole('{}')], unusable),
  row('sends half an object', [whole(GOOD.slice(0, -9))], unusable),
  row('sends two objects', [whole(GOOD + GOOD)], unusable),
  row('sends NaN', [whole('{"code":NaN}')], unusable),
  row('sends UTF-16', [whole(utf16)], unusable),
  row('sends bytes that are no UTF-8', [whole(Buffer.from([0x22, 0xff, 0x22]))], unusable),
  row('sends a byte order mark', [whole(`\ufeff${GOOD}`)], ok),
  row('sends two byte order marks', [whole(`\ufeff\ufeff${GOOD}`)], unusable),
  row('has a code that is null', [whole('{"code":null,"data":{}}')], unusable),
  row('has a code that is an object', [whole('{"code":{},"data":{}}')], unusable),
  row('has a prototype for a code', [whole('{"__proto__":{"code":"0"},"data":{}}')], unusable),
  row('has no data', [whole('{"code":"0"}')], noData),
  row('has data that is a string', [whole(dataOf('"x"'))], badData),
  row('has data that is a number', [whole(dataOf('1e999'))], badData),
  row('has data without its fields', [whole(dataOf('{"a":1}'))], badData),
  row('has data that is a list of nothing', [whole(dataOf('[null]'))], badData),
  row('has data that is a list of lists', [whole(dataOf('[[[]]]'))], badData),
  row('sends gzip unasked', [encoded('gzip', gzipSync(GOOD))], unusable),
  row('sends brotli unasked', [encoded('br', brotliCompressSync(GOOD))], unusable),
  row('sends deflate unasked', [encoded('deflate', deflateSync(GOOD))], unusable),
  row('sends a coding of its own', [encoded('x-own', Buffer.from(GOOD))], unusable),
  row('sends gzip and does not tell', [whole(gzipSync(GOOD))], unusable),
  row('names no coding', [encoded('identity', Buffer.from(GOOD))], ok),
];

const after = (value: string) => html(429, `retry-after: ${value}`);

export const STATUS: readonly HttpCase[] = [
  ...[301, 302, 307, 308].map((status) =>
    row(`redirects to nowhere with ${status}`, [html(status)], redirect),
  ),
  row('redirects to no URL', [html(302, 'location: http://[::')], redirect),
  row('redirects to a flood', [html(302, `location: /${'x'.repeat(15_000)}`)], redirect),
  row('says that nothing was modified', [say(head(304))], redirect),
  ...[400, 404, 405, 408, 413, 418, 421, 425, 431, 451, 500, 501, 502, 503, 504, 511, 599].map(
    (status) => row(`sends a page with ${status}`, [html(status)], unusable),
  ),
  row('sends a page with 600', [html(600)], unusable),
  row('sends a page with 999', [html(999)], unusable),
  row('sends a page with 401', [html(401)], ['auth.expired']),
  row('sends a page with 403', [html(403)], ['platform.forbidden']),
  row('forbids and says success', [whole(GOOD, 403)], ['platform.forbidden']),
  row('has too many requests', [html(429)], tooMany),
  row('wants an hour', [after('3600')], tooMany),
  row('wants a second', [after('1')], tooMany),
  row('wants no time', [after('0')], tooMany),
  row('wants ages', [after('9'.repeat(400))], tooMany),
  row('wants time back', [after('-1')], tooMany),
  row('wants a date that is past', [after('Thu, 01 Jan 1970 00:00:00 GMT')], tooMany),
  row('wants a date that is far', [after('Fri, 31 Dec 9999 23:59:59 GMT')], tooMany),
  row('wants a date that is none', [after('Xxx, 99 Xxx 0000 99:99:99 GMT')], tooMany),
  row('wants an hour with 503', [html(503, 'retry-after: 3600')], unusable),
  row('says busy with 429', [whole('{"code":"815201"}', 429)], ['platform.busy']),
  row('says success with 500', [whole(GOOD, 500)], unusable),
  row('says failure with 200', [whole('{"code":"10001"}')], ['platform.fault']),
];
