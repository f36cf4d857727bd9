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
/** RFC 1928: no authentication required. */
const socks = [hear(3), Buffer.from([5, 0]), hear(5)];

export const PROXY: readonly HttpCase[] = [
  ...(['HTTP_PROXY', 'HTTPS_PROXY'] as const).flatMap((peer) => [
    row('requires authentication', [html(407, 'proxy-authenticate: Basic')], lost, peer),
    row('closes after the request', [end], lost, peer),
    row('resets after the request', [reset], lost, peer),
    row('never responds', [], late, peer),
    row('sends its headers slowly', [say('HTTP/1.1 200 OK\r\n'), drip('x: y\r\n')], late, peer),
    onConnection('closes at once', [{ close: 'end' }], lost, peer),
    onConnection('resets at once', [{ close: 'reset' }], lost, peer),
  ]),
  row('sends HTML', [html(200)], unusable, 'HTTP_PROXY'),
  row('sends HTML with 502', [html(502)], unusable, 'HTTP_PROXY'),
  row('sends HTML with 503', [html(503)], unusable, 'HTTP_PROXY'),
  row('redirects', [html(302, 'location: http://portal.invalid/')], redirect, 'HTTP_PROXY'),
  row('compresses the response', [encoded('gzip', gzipSync(GOOD))], unusable, 'HTTP_PROXY'),
  row('sends HTML with 403', [html(403)], lost, 'HTTPS_PROXY'),
  row('sends HTML with 502', [html(502)], lost, 'HTTPS_PROXY'),
  row('redirects', [html(302, 'location: http://portal.invalid/')], lost, 'HTTPS_PROXY'),
  row('sends HTML', [html(200)], tls, 'HTTPS_PROXY'),
  row('opens a tunnel and sends garbage', [say(tunnel, 'garbage\r\n')], tls, 'HTTPS_PROXY'),
  row('opens a tunnel and stalls', [say(tunnel)], late, 'HTTPS_PROXY'),
  row('opens a tunnel and closes', [say(tunnel), end], lost, 'HTTPS_PROXY'),
  row('opens a tunnel and resets', [say(tunnel), reset], lost, 'HTTPS_PROXY'),
  row('sends garbage', [say('garbage\r\n')], unusable, 'HTTPS_PROXY'),
  row(
    'sends a 64 KiB header',
    [say(head(200, `x: ${'y'.repeat(65_536)}`))],
    unusable,
    'HTTPS_PROXY',
  ),
  onConnection('never responds', [], late, 'ALL_PROXY'),
  onConnection('closes at once', [{ close: 'end' }], lost, 'ALL_PROXY'),
  onConnection('responds with HTTP', [hear(3), Buffer.from(head(400))], lost, 'ALL_PROXY'),
  onConnection('accepts no method', [hear(3), Buffer.from([5, 255])], lost, 'ALL_PROXY'),
  onConnection('closes after its greeting', [...socks, { close: 'end' }], lost, 'ALL_PROXY'),
  onConnection('stalls after its greeting', socks, late, 'ALL_PROXY'),
  onConnection(
    'reports the host as unreachable',
    [...socks, Buffer.from([5, 4, 0, 1, 0, 0, 0, 0, 0, 0])],
    lost,
    'ALL_PROXY',
  ),
];
