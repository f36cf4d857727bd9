import { gzipSync } from 'node:zlib';
import type { DesktopStep } from '../helpers/scripted-desktop.js';
import {
  type HttpCase,
  late,
  lost,
  onConnection,
  redirect,
  row,
  tls,
  unusable,
} from './http-case.js';
import * as part from './http-parts.js';

const { say, drip, end, reset, head, html, encoded, GOOD } = part;

const tunnel = head('200 Connection established');
const hear = (bytes: number): DesktopStep => ({ hear: bytes });
/** RFC 1928: no log-in is needed. */
const socks = [hear(3), Buffer.from([5, 0]), hear(5)];

export const PROXY: readonly HttpCase[] = [
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
  onConnection('speaks HTTP', [hear(3), Buffer.from(head(400))], lost, 'ALL_PROXY'),
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
