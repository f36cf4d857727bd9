import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../src/errors/codes.js';
import type { DesktopStep } from '../helpers/scripted-desktop.js';
import type { Step } from '../helpers/scripted-server.js';
import * as part from './http-parts.js';

const { say, drip, end, reset, head, length, CHUNKED, chunk, whole, dataOf, GOOD } = part;

type Result = ErrorCode | 'ok';
type Outcome = readonly Result[] | Readonly<Record<part.Operation, readonly Result[]>>;

/** Who follows the script: the platform itself, or the proxy on the way to one that no resolver knows. */
export type Peer = 'platform' | 'HTTP_PROXY' | 'HTTPS_PROXY' | 'ALL_PROXY';

export interface HttpCase {
  readonly title: string;
  /** What follows each request, or each connection. */
  readonly script:
    | { readonly onRequest: readonly Step[] }
    | { readonly onConnection: readonly DesktopStep[] };
  readonly outcome: Outcome;
  readonly peer: Peer;
}

const row = (
  title: string,
  onRequest: readonly Step[],
  outcome: Outcome,
  peer: Peer = 'platform',
): HttpCase => ({ title, script: { onRequest }, outcome, peer });

const onConnection = (
  title: string,
  steps: readonly DesktopStep[],
  outcome: Outcome,
  peer: Peer = 'platform',
): HttpCase => ({ title, script: { onConnection: steps }, outcome, peer });

const ok: Outcome = ['ok'];
const late: Outcome = ['network.timeout'];
const unusable: Outcome = ['network.unusableAnswer'];
const lost: Outcome = ['network.unreachable'];
/** What was sent before a reset may or may not be seen. */
const lostOrCutOff: Outcome = ['network.unreachable', 'network.unusableAnswer'];
const redirect: Outcome = ['network.redirect'];
const tls: Outcome = ['network.tls'];
const tooMany: Outcome = ['platform.rateLimited'];
/** Bad data: a delete has none and does not look. */
const badData: Outcome = { create: unusable, list: unusable, delete: ok };
/** Much data: a delete may look how much it is. */
const unread: Outcome = { ...badData, delete: ['ok', 'network.unusableAnswer'] };
/** No data is an empty list. */
const noData: Outcome = { create: unusable, list: ok, delete: ok };

const MIB = 1024 * 1024;
const HTML = '<!DOCTYPE html><title>Log in</title>';
const html = (status: number, ...headers: readonly string[]) =>
  whole(HTML, status, 'content-type: text/html', ...headers);
const times = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index));
const wrote = (text: string) => Buffer.from(text);
const chunked = (...parts: readonly string[]) => say(head(200, CHUNKED), ...parts);

const FRAMING: readonly HttpCase[] = [
  row('greets as ssh does', [say('SSH-2.0-OpenSSH_9.2\r\n')], unusable),
  row('greets as RFB does', [say('RFB 003.008\n')], unusable),
  row('answers with binary', [say(Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc]))], unusable),
  row('answers in HTTP/0.9', [say(HTML), end], unusable),
  row('answers in HTTP/2', [say(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0]))], unusable),
  row('answers with a request', [say('GET / HTTP/1.1\r\nhost: x\r\n\r\n')], unusable),
  row('speaks version 9.9', [say('HTTP/9.9 200 OK\r\n\r\n')], unusable),
  row('has a word for a status', [say('HTTP/1.1 abc OK\r\n\r\n')], unusable),
  row('has a status of two digits', [say('HTTP/1.1 99 OK\r\n\r\n')], unusable),
  row('has a status of four digits', [say('HTTP/1.1 2000 OK\r\n\r\n')], unusable),
  row('has two lengths', [say(head(200, length(2), length(3)), '{}')], unusable),
  row('has a length and chunks', [say(head(200, length(2), CHUNKED), chunk('{}'))], unusable),
  row('has a negative length', [say(head(200, length(-1)), GOOD)], unusable),
  row('has a hexadecimal length', [say(head(200, length('0x10')), GOOD)], unusable),
  row('has an empty length', [say(head(200, length('')), GOOD), end], unusable),
  row('has a length beyond 64 bits', [say(head(200, length('9'.repeat(30))), GOOD)], unusable),
  row('has a body that is too short', [say(head(200, length(999)), GOOD), end], unusable),
  row('has a body that is too long', [say(head(200, length(9)), GOOD)], unusable),
  row('has a chunk size of letters', [chunked('zz\r\n{}\r\n')], unusable),
  row('has a negative chunk size', [chunked('-1\r\n{}\r\n')], unusable),
  row('has a chunk size beyond 64 bits', [chunked(`${'f'.repeat(17)}\r\n{}\r\n`)], unusable),
  row('has a chunk that is too long', [chunked('2\r\n{}{}\r\n')], unusable),
  row('lacks its last chunk and ends', [chunked(chunk(GOOD)), end], unusable),
  row('lacks its last chunk', [chunked(chunk(GOOD))], late),
  row('extends a chunk on and on', [chunked('2;'), drip('x'.repeat(4_096))], late),
  row('floods its trailer', [chunked(chunk(GOOD), '0\r\n', `x: ${'y'.repeat(65_536)}`)], unusable),
  row('has a header of 16 KiB and one', [say(head(200, `x: ${'y'.repeat(16_385)}`))], unusable),
  row('has 5000 headers', [say(head(200, ...times(5000, (i) => `x-${i}: y`)), GOOD)], unusable),
  row('has a header without colon', [say(head(200, 'no colon at all'), GOOD)], unusable),
  row('has a header name with a blank', [say(head(200, 'con tent: x'), GOOD)], unusable),
  row('has a NUL in a header', [say(head(200, 'x: a\0b'), GOOD)], unusable),
  row('announces a chunk of nothing known', [say(head(200, 'transfer-encoding: x'))], late),
  row('sends 11 interim answers', [say(head(102).repeat(11), head(200), GOOD), end], unusable),
  row('sends interim answers on and on', [drip(head(102))], unusable),
  row('sends ten interim answers', [say(head(103).repeat(10)), whole(GOOD)], ok),
  row('sends 100, which was not asked for', [say(head(100)), whole(GOOD)], lost),
  row('changes the protocol unasked', [say(head(101, 'upgrade: x', 'connection: upgrade'))], lost),
  row('sends a body with 204', [say(head(204, length(2)), '{}')], unusable),
  row('sends garbage after its answer', [whole(GOOD), say('garbage\r\n'.repeat(99))], ok),
  row('answers twice', [whole(GOOD), whole(HTML, 500)], ok),
  row('has no length and ends', [say(head(200), GOOD), end], ok),
];

const TIME: readonly HttpCase[] = [
  row('says nothing', [], late),
  row('says one byte', [say('H')], late),
  row('drips its status line', [say('HTTP/1.1 200 '), drip('O')], late),
  row('drips its headers', [say('HTTP/1.1 200 OK\r\n'), drip('x: y\r\n')], late),
  row('drips one header', [say('HTTP/1.1 200 OK\r\nx: '), drip('y')], late),
  row(
    'drips blanks before a value',
    [say('HTTP/1.1 200 OK\r\nx: '), drip(' '.repeat(4_096))],
    late,
  ),
  row('drips its body', [say(head(200, length(99_999)), '{'), drip(' ')], late),
  row('drips a body without length', [say(head(200)), drip(' ')], late),
  row('drips chunks', [chunked(), drip(chunk(' '))], late),
  row('drips a chunk size', [chunked(), drip('0')], late),
  row('drips its trailer', [chunked(chunk(GOOD), '0\r\n'), drip('x: y\r\n')], late),
  row('drips an error page', [say(head(502)), drip('<')], late),
  row('drips empty lines before its answer', [drip('\r\n')], late),
  row('drips line feeds after its answer', [say(head(200), GOOD), drip('\n')], late),
  row('stops at 99 %', [say(head(200, length(GOOD.length + 1)), GOOD)], late),
  row('stops after its headers', [say(head(200, length(99)))], late),
  row('stops after an interim answer', [say(head(103))], late),
  row('never ends a refusal', [say(head(403, length(99)), '{')], late),
  row('never ends a redirect', [say(head(302, 'location: /login'))], redirect),
];

const CLOSING: readonly HttpCase[] = [
  onConnection('ends at once', [{ close: 'end' }], lost),
  onConnection('resets at once', [{ close: 'reset' }], lost),
  onConnection('greets and ends', [wrote('220 mx.example\r\n'), { close: 'end' }], lostOrCutOff),
  onConnection('greets and is silent', [wrote('220 mx.example\r\n')], lostOrCutOff),
  onConnection(
    'answers unasked',
    [wrote(`${head(200, length(GOOD.length))}${GOOD}`)],
    ['ok', 'network.unusableAnswer', 'network.unreachable'],
  ),
  row('ends after the request', [end], lost),
  row('resets after the request', [reset], lost),
  row('ends after its status line', [say('HTTP/1.1 200 OK\r\n'), end], lostOrCutOff),
  row('resets after its status line', [say('HTTP/1.1 200 OK\r\n'), reset], lostOrCutOff),
  row('ends after its headers', [say(head(200, length(9))), end], unusable),
  row('resets after its headers', [say(head(200, length(9))), reset], lostOrCutOff),
  row('ends at 99 %', [say(head(200, length(GOOD.length + 1)), GOOD), end], unusable),
  row('resets at 99 %', [say(head(200, length(GOOD.length + 1)), GOOD), reset], lostOrCutOff),
  row('ends within a chunk', [chunked('9\r\n{}'), end], unusable),
  row('resets within a chunk', [chunked('9\r\n{}'), reset], lostOrCutOff),
  row('ends after an interim answer', [say(head(103)), end], lost),
];

const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, 'utf16le')]);
const encoded = (coding: string, body: Buffer) => whole(body, 200, `content-encoding: ${coding}`);

const CONTENT: readonly HttpCase[] = [
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
  row('sends a coding of its own', [encoded('x-own', wrote(GOOD))], unusable),
  row('sends gzip and does not tell', [whole(gzipSync(GOOD))], unusable),
  row('names no coding', [encoded('identity', wrote(GOOD))], ok),
];

const after = (value: string) => html(429, `retry-after: ${value}`);

const STATUS: readonly HttpCase[] = [
  ...[301, 302, 307, 308].map((status) =>
    row(`redirects to nowhere with ${status}`, [html(status)], redirect),
  ),
  row('redirects to no URL', [html(302, 'location: http://[::')], redirect),
  row('redirects to a flood', [html(302, `location: /${'x'.repeat(15_000)}`)], redirect),
  row('says that nothing was modified', [say(head(304))], redirect),
  ...[400, 403, 404, 405, 408, 413, 418, 421, 425, 431, 451, 500, 501, 502, 503, 504, 511, 599].map(
    (status) => row(`sends a page with ${status}`, [html(status)], unusable),
  ),
  row('sends a page with 600', [html(600)], unusable),
  row('sends a page with 999', [html(999)], unusable),
  row('sends a page with 401', [html(401)], ['auth.expired']),
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

const tunnel = head('200 Connection established');
const hear = (bytes: number): DesktopStep => ({ hear: bytes });
/** RFC 1928: no log-in is needed. */
const socks = [hear(3), Buffer.from([5, 0]), hear(5)];

const PROXY: readonly HttpCase[] = [
  ...(['HTTP_PROXY', 'HTTPS_PROXY'] as const).flatMap((peer) => [
    row('wants a log-in', [html(407, 'proxy-authenticate: Basic')], lost, peer),
    row('ends', [end], lost, peer),
    row('resets', [reset], lost, peer),
    row('is silent', [], late, peer),
    row('drips its headers', [say('HTTP/1.1 200 OK\r\n'), drip('x: y\r\n')], late, peer),
    onConnection('ends at once', [{ close: 'end' }], lost, peer),
    onConnection('resets at once', [{ close: 'reset' }], lost, peer),
  ]),
  row('shows a page', [html(200)], unusable, 'HTTP_PROXY'),
  row('shows a page with 502', [html(502)], unusable, 'HTTP_PROXY'),
  row('shows a page with 503', [html(503)], unusable, 'HTTP_PROXY'),
  row('leads to a page', [html(302, 'location: http://portal.invalid/')], redirect, 'HTTP_PROXY'),
  row('compresses', [encoded('gzip', gzipSync(GOOD))], unusable, 'HTTP_PROXY'),
  row('forbids', [html(403)], lost, 'HTTPS_PROXY'),
  row('shows a page with 502', [html(502)], lost, 'HTTPS_PROXY'),
  row('leads to a page', [html(302, 'location: http://portal.invalid/')], lost, 'HTTPS_PROXY'),
  row('shows a page', [html(200)], tls, 'HTTPS_PROXY'),
  row('opens a tunnel and garbles', [say(tunnel, 'garbage\r\n')], tls, 'HTTPS_PROXY'),
  row('opens a tunnel and is silent', [say(tunnel)], late, 'HTTPS_PROXY'),
  row('opens a tunnel and ends', [say(tunnel), end], lost, 'HTTPS_PROXY'),
  row('opens a tunnel and resets', [say(tunnel), reset], lost, 'HTTPS_PROXY'),
  row('sends garbage', [say('garbage\r\n')], unusable, 'HTTPS_PROXY'),
  row('floods its headers', [say(head(200, `x: ${'y'.repeat(65_536)}`))], unusable, 'HTTPS_PROXY'),
  onConnection('is silent', [], late, 'ALL_PROXY'),
  onConnection('ends at once', [{ close: 'end' }], lost, 'ALL_PROXY'),
  onConnection('speaks HTTP', [hear(3), wrote(head(400))], lost, 'ALL_PROXY'),
  onConnection('takes nobody', [hear(3), Buffer.from([5, 255])], lost, 'ALL_PROXY'),
  onConnection('ends after its greeting', [...socks, { close: 'end' }], lost, 'ALL_PROXY'),
  onConnection('is silent after its greeting', socks, late, 'ALL_PROXY'),
  onConnection(
    'does not reach the host',
    [...socks, Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0])],
    lost,
    'ALL_PROXY',
  ),
];

export const FAMILIES = {
  'a platform with broken framing': FRAMING,
  'a platform that takes its time': TIME,
  'a platform that hangs up': CLOSING,
  'a platform with odd content': CONTENT,
  'a platform with an odd status': STATUS,
  'a proxy': PROXY,
} as const;

/** What fills 8 MiB less a little. */
const filled = (piece: string) => piece.repeat(Math.floor((8 * MIB - 64) / piece.length));
const gzipBomb = gzipSync(Buffer.alloc(64 * MIB));
const FLOOD = Buffer.alloc(256 * 1024, 'x');

/** Cases that are about memory: they run in a process of their own. */
export const SIZE: readonly HttpCase[] = [
  row('declares 10 GB', [say(head(200, length(10_000_000_000))), drip(FLOOD, 1)], unusable),
  row('sends 9 MiB of JSON', [whole(dataOf(`"${'x'.repeat(9 * MIB)}"`))], unusable),
  row('never ends', [say(head(200)), drip(FLOOD, 1)], unusable),
  row('never ends its chunks', [chunked(), drip(chunk('x'.repeat(65_536)), 1)], unusable),
  row('never ends its headers', [say('HTTP/1.1 200 OK\r\nx: '), drip(FLOOD, 1)], unusable),
  row('never ends an error page', [say(head(500)), drip(FLOOD, 1)], unusable),
  row('sends a bomb of gzip', [encoded('gzip', gzipBomb)], unusable),
  row('sends a deep list', [whole('['.repeat(100_000))], unusable),
  row(
    'sends deep data',
    [whole(dataOf(`${'{"a":'.repeat(99_999)}1${'}'.repeat(99_999)}`))],
    unusable,
  ),
  row('lists 10001 sessions', [whole(dataOf(`[${times(10_001, () => '{}')}]`))], unread),
  row('lists 10000 empty sessions', [whole(dataOf(`[${times(10_000, () => '{}')}]`))], unread),
  row('sends one string of 8 MiB', [whole(dataOf(`"${filled('x')}"`))], unread),
  row('lists 4 million numbers', [whole(dataOf(`[${filled('0,')}0]`))], unread),
  row('lists 2 million objects', [whole(dataOf(`[${filled('{},')}0]`))], unread),
  row('lists 2 million lists', [whole(dataOf(`[${filled('[],')}0]`))], unread),
  row('never closes a string of quotes', [whole(`{"code":"${filled('\\"')}`)], unusable),
];
