import { constants, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../../../src/transport/rfb/protocol-error.js';
import {
  copy,
  hex,
  join,
  raw,
  resize,
  update,
  zeros,
  zrle,
  zrleData,
} from '../../hostile/rfb-parts.js';
import { captureFrom } from './capture-from.js';

/** Pixels and palette colours; each digit is the blue component of one. */
const pixels = (digits: string) => hex(digits.replaceAll(/./g, '0$&000000'));
const colours = (digits: string) => hex(digits.replaceAll(/./g, '0$&0000'));
const NINE = raw([0, 0, 3, 3], pixels('123456789'));
const SIZE = [3, 3] as const;

async function shown(rectangles: readonly Buffer[], size: readonly [number, number] = SIZE) {
  const { outcome } = await captureFrom(update(rectangles), size);
  if (outcome instanceof Error) throw outcome;
  return [...outcome.pixels];
}

describe('on the pixels 123, 456, 789', () => {
  test.each([
    ['Raw paints the centre', raw([1, 1, 1, 1], pixels('0')), '123406789'],
    ['Raw paints a row', raw([0, 1, 3, 1], pixels('987')), '123987789'],
    ['Raw paints a column', raw([1, 0, 1, 3], pixels('987')), '193486779'],
    ['Raw paints the lower right', raw([1, 1, 2, 2], pixels('0011')), '123400711'],
    ['Raw of 3×0 paints nothing', raw([0, 0, 3, 0]), '123456789'],
    ['Raw of 0×3 paints nothing', raw([3, 0, 0, 3]), '123456789'],
    ['ZRLE paints the centre', zrle([1, 1, 1, 1], hex('01 000000')), '123406789'],
    [
      'ZRLE paints the upper left',
      zrle([0, 0, 2, 2], join(hex('00'), colours('9876'))),
      '983766789',
    ],
    ['ZRLE paints a column', zrle([1, 0, 1, 3], join(hex('00'), colours('987'))), '193486779'],
    ['CopyRect copies a row down', copy([0, 1, 3, 1], 0, 0), '123123789'],
    ['CopyRect copies a row up', copy([0, 0, 3, 1], 0, 1), '456456789'],
    ['CopyRect copies overlapping rows down', copy([0, 1, 3, 2], 0, 0), '123123456'],
    ['CopyRect copies overlapping rows up', copy([0, 0, 3, 2], 0, 1), '456789789'],
    ['CopyRect copies overlapping columns right', copy([1, 0, 2, 3], 0, 0), '112445778'],
    ['CopyRect copies overlapping columns left', copy([0, 0, 2, 3], 1, 0), '233566899'],
    ['CopyRect copies a square down and right', copy([1, 1, 2, 2], 0, 0), '123412745'],
    ['CopyRect copies a square up and left', copy([0, 0, 2, 2], 1, 1), '563896789'],
    ['CopyRect copies a square down and left', copy([0, 1, 2, 2], 1, 0), '123236569'],
    ['CopyRect copies a square up and right', copy([1, 0, 2, 2], 0, 1), '145478789'],
    ['CopyRect copies a pixel', copy([2, 0, 1, 1], 0, 2), '127456789'],
    ['CopyRect copies a square onto itself', copy([0, 0, 2, 2], 0, 0), '123456789'],
    ['CopyRect of 3×0 copies nothing', copy([0, 0, 3, 0], 0, 3), '123456789'],
    ['CopyRect of 0×3 copies nothing', copy([0, 0, 0, 3], 3, 0), '123456789'],
  ])('%s (RFC 6143 §7.7)', async (_, rectangle, digits) => {
    expect(await shown([NINE, rectangle])).toEqual([...digits].map(Number));
  });
});

describe('CopyRect', () => {
  const half = raw([0, 0, 3, 2], pixels('123456'));
  test.each([
    ['copies painted pixels', [half, copy([0, 2, 3, 1], 0, 1)], true],
    ['rejects an unpainted row', [half, copy([0, 0, 3, 1], 0, 2)], false],
    ['rejects an area whose last row is unpainted', [half, copy([0, 0, 3, 2], 0, 1)], false],
    [
      'rejects an area whose last column is unpainted',
      [raw([0, 0, 2, 3], pixels('123456')), copy([0, 0, 2, 3], 1, 0)],
      false,
    ],
    ['rejects pixels from before a resize', [NINE, resize(3, 3), copy([0, 0, 3, 3], 0, 0)], false],
  ])('%s (RFC 6143 §7.7.2)', async (_, rectangles, isRight) => {
    const showing = shown(rectangles);
    if (isRight) expect(await showing).toEqual([1, 2, 3, 4, 5, 6, 4, 5, 6]);
    else await expect(showing).rejects.toThrow('copies pixels that were never painted');
  });
});

describe('data larger than one read', () => {
  /** The value of each pixel is its index. */
  const counted = (count: number, bytesPerPixel: number) => {
    const bytes = Buffer.alloc(count * bytesPerPixel);
    for (let index = 0; index < count; index += 1) {
      bytes.writeUIntLE(index, index * bytesPerPixel, Math.min(bytesPerPixel, 4));
    }
    return bytes;
  };
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  test.each([
    [16_384, 2],
    [16_383, 3],
    [5_000, 7],
    [1, 16_384],
  ])('is read in pieces for Raw of %i×%i', async (width, height) => {
    const area = [0, 0, width, height] as const;
    expect(await shown([raw(area, counted(width * height, 4))], [width, height])).toEqual(
      upTo(width * height),
    );
  });

  test('is inflated in pieces for ZRLE, also when a tile of the maximum size spans two pieces', async () => {
    // Runs of one pixel each: 16,385 bytes for a tile, and the fourth ends four bytes after 64 KiB.
    const run = hex('030201 00');
    const tile = join(hex('80'), ...Array(64 * 64).fill(run));
    const area = [0, 0, 128, 128] as const;
    const data = zrle(area, join(tile, tile, tile, tile));
    expect(new Set(await shown([data], [128, 128]))).toEqual(new Set([0x010203]));
  });

  test('is read in pieces when it is compressed', async () => {
    const tile = join(hex('00'), counted(64 * 64, 3));
    const stored = deflateSync(join(...Array(8).fill(tile)), {
      level: 0,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    expect(stored.length).toBeGreaterThan(65_536);
    const seen = await shown([zrleData([0, 0, 64, 512], stored)], [64, 512]);
    expect(seen).toEqual(
      Array(8)
        .fill(upTo(64 * 64))
        .flat(),
    );
  });
});

test('tiles are decoded from left to right and top to bottom, smaller at the edges (RFC 6143 §7.7.6)', async () => {
  const solids = [1, 2, 3, 4, 5, 6].map((digit) => join(hex('01'), colours(String(digit))));
  const below = raw([0, 70, 130, 2], Buffer.alloc(130 * 2 * 4));
  const seen = await shown([below, zrle([0, 0, 130, 70], join(...solids))], [130, 72]);
  const tileAt = (column: number, row: number) =>
    row < 70 ? 1 + Math.floor(column / 64) + 3 * Math.floor(row / 64) : 0;
  expect(seen).toEqual(
    Array.from({ length: 130 * 72 }, (_, index) => tileAt(index % 130, Math.floor(index / 130))),
  );
});

describe('the zlib data of 8×8 pixels', () => {
  /** One run in a stored block, then empty stored blocks (RFC 1951 §3.2.4) of 5 bytes each. */
  const data = (blocks: number) =>
    join(
      deflateSync(hex('80 332211 3f'), { level: 0, finishFlush: constants.Z_SYNC_FLUSH }),
      ...Array(blocks).fill(hex('00 0000 ffff')),
    );
  const area = [0, 0, 8, 8] as const;

  test('may take twice the bytes of raw pixels plus 64 KiB', async () => {
    const most = data(13_181);
    expect(most).toHaveLength(2 * (8 * 8 * 3 + 1) + 65_536);
    expect(await shown([zrleData(area, most)], [8, 8])).toEqual(Array(64).fill(0x112233));
  });

  test('may not take one byte more', async () => {
    const showing = shown([zrleData(area, zeros(0), 65_923)], [8, 8]);
    await expect(showing).rejects.toThrow(ProtocolError);
    await expect(showing).rejects.toThrow('announces 65923 bytes for 8×8 pixels');
  });
});
