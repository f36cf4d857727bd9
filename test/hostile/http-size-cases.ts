import { gzipSync } from 'node:zlib';
import { type HttpCase, row, unread, unusable } from './http-case.js';
import * as part from './http-parts.js';

const { say, drip, head, length, chunk, chunked, whole, dataOf, encoded, times } = part;

const MIB = 1024 * 1024;
/** Repeats a piece up to just below 8 MiB. */
const filled = (piece: string) => piece.repeat(Math.floor((8 * MIB - 64) / piece.length));
const gzipBomb = gzipSync(Buffer.alloc(64 * MIB));
const FLOOD = Buffer.alloc(256 * 1024, 'x');
/** A space in its own chunk, which JSON allows before a value. */
const TINY_CHUNK = '1\r\n \r\n';
/** The same with an extension that fills a whole read (RFC 9112 §7.1.1). */
const EXTENDED_CHUNK = `1;x=${'x'.repeat(60_000)}\r\n \r\n`;

/** Cases about memory, which run in their own process. */
export const SIZE: readonly HttpCase[] = [
  row('declares 10 GB', [say(head(200, length(10_000_000_000))), drip(FLOOD, 1)], unusable),
  row('sends 9 MiB of JSON', [whole(dataOf(`"${'x'.repeat(9 * MIB)}"`))], unusable),
  row('sends an endless body', [say(head(200)), drip(FLOOD, 1)], unusable),
  row('sends endless chunks', [chunked(), drip(chunk('x'.repeat(65_536)), 1)], unusable),
  row('sends endless 1-byte chunks', [chunked(), drip(TINY_CHUNK.repeat(20_000), 1)], unusable),
  row(
    'sends a 60 kB extension with every 1-byte chunk',
    [chunked(), drip(EXTENDED_CHUNK.repeat(4), 1)],
    unusable,
  ),
  row('sends an endless chunk extension', [chunked('1;x='), drip(FLOOD, 1)], unusable),
  row('sends an endless trailer', [chunked('0\r\nx: '), drip(FLOOD, 1)], unusable),
  row(
    'sends a million 1-byte chunks',
    [chunked(TINY_CHUNK.repeat(1_000_000), '0\r\n\r\n')],
    unusable,
  ),
  row('sends an endless header', [say('HTTP/1.1 200 OK\r\nx: '), drip(FLOOD, 1)], unusable),
  row('sends an endless error page', [say(head(500)), drip(FLOOD, 1)], unusable),
  row('sends a gzip bomb', [encoded('gzip', gzipBomb)], unusable),
  row('sends a deeply nested array', [whole('['.repeat(100_000))], unusable),
  row(
    'sends deeply nested data',
    [whole(dataOf(`${'{"a":'.repeat(99_999)}1${'}'.repeat(99_999)}`))],
    unusable,
  ),
  row('lists 10001 sessions', [whole(dataOf(`[${times(10_001, () => '{}')}]`))], unread),
  row('lists 10000 empty sessions', [whole(dataOf(`[${times(10_000, () => '{}')}]`))], unread),
  row('sends one string of 8 MiB', [whole(dataOf(`"${filled('x')}"`))], unread),
  row('lists 4 million numbers', [whole(dataOf(`[${filled('0,')}0]`))], unread),
  row('lists 2 million objects', [whole(dataOf(`[${filled('{},')}0]`))], unread),
  row('lists 2 million arrays', [whole(dataOf(`[${filled('[],')}0]`))], unread),
  row('sends an unterminated string of quotes', [whole(`{"code":"${filled('\\"')}`)], unusable),
];
