import { promisify } from 'node:util';
import { constants, deflate as deflateInTime, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInflater, type Inflater } from '../../../src/transport/rfb/decoders/inflater.js';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import { hex, join, text, zeros } from '../../hostile/rfb-parts.js';
import { readerOf } from './capture-from.js';

const MIB = 1024 * 1024;
/** Compresses with a sync flush, so that the stream can continue. */
const deflate = (plain: Buffer) => deflateSync(plain, { finishFlush: constants.Z_SYNC_FLUSH });

let inflater: Inflater;
beforeEach(() => {
  inflater = createInflater();
});
afterEach(() => inflater.close());

/** Begins a rectangle with exactly this data. */
const bring = (data: Buffer) => inflater.begin(readerOf(data), data.length);
const take = async (count: number) => {
  const bytes = Buffer.from((await inflater.peek(count)).subarray(0, count));
  inflater.consume(count);
  return String(bytes);
};

describe('deflated data (RFC 6143 §7.7.6)', () => {
  test('can be peeked repeatedly and is consumed once', async () => {
    bring(deflate(text('abcdef')));
    expect(String(await inflater.peek(2))).toMatch(/^ab/);
    expect([await take(2), await take(3), await take(9)]).toEqual(['ab', 'cde', 'f']);
    expect(await inflater.peek(1)).toHaveLength(0);
  });

  test('continues from rectangle to rectangle', async () => {
    const plain = text('abcabcabcabc');
    const stream = deflate(plain);
    bring(stream.subarray(0, 6));
    const first = await take(12);
    bring(stream.subarray(6));
    expect(first + (await take(12))).toBe(String(plain));
  });

  test('is empty before the first rectangle and in an empty one', async () => {
    expect(await inflater.peek(1)).toHaveLength(0);
    bring(zeros(0));
    expect(await inflater.peek(1)).toHaveLength(0);
  });

  test('is read from the connection only up to the end of the rectangle', async () => {
    const data = deflate(text('abc'));
    const reader = readerOf(join(data, text('next')));
    inflater.begin(reader, data.length);
    expect(await take(9)).toBe('abc');
    expect(String(await reader.read(4))).toBe('next');
  });

  test('is inflated only as far as it is peeked', async () => {
    bring(deflate(zeros(8 * MIB)));
    expect((await inflater.peek(1)).length).toBeLessThan(MIB);
    expect((await inflater.peek(MIB)).length).toBeLessThan(2 * MIB);
  });

  test('is kept until it is peeked, including the last bytes', async () => {
    bring(deflate(zeros(70_000)));
    await inflater.peek(1);
    // Long enough for zlib to finish.
    await promisify(deflateInTime)(zeros(4 * MIB));
    expect(await inflater.peek(70_000)).toHaveLength(70_000);
  });

  test('is peeked without reading more of the connection than necessary', async () => {
    // A stored block (RFC 1951 §3.2.4), as large as one read.
    const piece = join(hex('78 01  00 f9ff 0600'), zeros(65_529));
    inflater.begin(readerOf(piece), piece.length + 1);
    expect(await inflater.peek(65_529)).toHaveLength(65_529);
    await expect(inflater.peek(65_530)).rejects.toMatchObject({ code: 'tunnel.lost' });
  });

  test('is returned up to its end when a peek requests more', async () => {
    bring(deflate(zeros(3 * MIB)));
    expect(await inflater.peek(4 * MIB)).toHaveLength(3 * MIB);
  });
});

describe('invalid data is rejected', () => {
  test.each([
    ['no zlib header', hex('ffff'), /^sends a broken zlib stream \(incorrect header check\)$/],
    ['an invalid block', hex('78 9c 07'), /^sends a broken zlib stream \(invalid block type\)$/],
  ])('%s', async (_, data, reason) => {
    bring(data);
    const looking = inflater.peek(1);
    await expect(looking).rejects.toThrow(ProtocolError);
    await expect(looking).rejects.toThrow(reason);
    // The failure is permanent.
    bring(deflate(text('abc')));
    await expect(inflater.peek(1)).rejects.toThrow(reason);
  });

  test.each([
    ['in the same rectangle', () => bring(join(deflateSync(text('abc')), hex('78')))],
    ['in the next rectangle', () => bring(deflateSync(text('abc')))],
  ])('data after the end of the zlib stream, %s', async (_, bringEnd) => {
    bringEnd();
    expect(await take(3)).toBe('abc');
    bring(deflate(text('def')));
    await expect(inflater.peek(1)).rejects.toThrow('ends its zlib stream');
  });

  test('a connection that ends early', async () => {
    inflater.begin(readerOf(hex('78 9c')), 3);
    await expect(inflater.peek(1)).rejects.toMatchObject({ code: 'tunnel.lost' });
  });
});
