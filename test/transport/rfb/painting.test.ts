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

/** Pixels and colours of palettes, of which only blue is written: 1 to 9. */
const pixels = (digits: string) => hex(digits.replaceAll(/./g, '0$&000000'));
const colours = (digits: string) => hex(digits.replaceAll(/./g, '0$&0000'));
const NINE = raw([0, 0, 3, 3], pixels('123456789'));
const SIZE = [3, 3] as const;

async function shown(rectangles: readonly Buffer[], size: readonly [number, number] = SIZE) {
  const { outcome } = await captureFrom(update(rectangles), size);
  if (outcome instanceof Error) throw outcome;
  return [...outcome.pixels];
}

describe('of 123, 456, 789 there is', () => {
  test.each([
    ['the middle painted raw', raw([1, 1, 1, 1], pixels('0')), '123406789'],
    ['a row painted raw', raw([0, 1, 3, 1], pixels('987')), '123987789'],
    ['a column painted raw', raw([1, 0, 1, 3], pixels('987')), '193486779'],
    ['the lower right painted raw', raw([1, 1, 2, 2], pixels('0011')), '123400711'],
    ['nothing painted raw, three wide', raw([0, 0, 3, 0]), '123456789'],
    ['nothing painted raw, three high', raw([3, 0, 0, 3]), '123456789'],
    ['the middle painted by a tile', zrle([1, 1, 1, 1], hex('01 000000')), '123406789'],
    [
      'the upper left painted by a tile',
      zrle([0, 0, 2, 2], join(hex('00'), colours('9876'))),
      '983766789',
    ],
    [
      'a column painted by a tile',
      zrle([1, 0, 1, 3], join(hex('00'), colours('987'))),
      '193486779',
    ],
    ['a row copied down', copy([0, 1, 3, 1], 0, 0), '123123789'],
    ['a row copied up', copy([0, 0, 3, 1], 0, 1), '456456789'],
    ['two rows copied down over themselves', copy([0, 1, 3, 2], 0, 0), '123123456'],
    ['two rows copied up over themselves', copy([0, 0, 3, 2], 0, 1), '456789789'],
    ['two columns copied right over themselves', copy([1, 0, 2, 3], 0, 0), '112445778'],
    ['two columns copied left over themselves', copy([0, 0, 2, 3], 1, 0), '233566899'],
    ['a square copied down and right', copy([1, 1, 2, 2], 0, 0), '123412745'],
    ['a square copied up and left', copy([0, 0, 2, 2], 1, 1), '563896789'],
    ['a square copied down and left', copy([0, 1, 2, 2], 1, 0), '123236569'],
    ['a square copied up and right', copy([1, 0, 2, 2], 0, 1), '145478789'],
    ['a pixel copied', copy([2, 0, 1, 1], 0, 2), '127456789'],
    ['a square copied to its place', copy([0, 0, 2, 2], 0, 0), '123456789'],
    ['nothing copied, three wide', copy([0, 0, 3, 0], 0, 3), '123456789'],
    ['nothing copied, three high', copy([0, 0, 0, 3], 3, 0), '123456789'],
  ])('%s (RFC 6143 §7.7)', async (_, rectangle, digits) => {
    expect(await shown([NINE, rectangle])).toEqual([...digits].map(Number));
  });
});

describe('a place is copied', () => {
  const half = raw([0, 0, 3, 2], pixels('123456'));
  test.each([
    ['from what was painted', [half, copy([0, 2, 3, 1], 0, 1)], true],
    ['not from below', [half, copy([0, 0, 3, 1], 0, 2)], false],
    ['not when its last row is bare', [half, copy([0, 0, 3, 2], 0, 1)], false],
    [
      'not when its last column is',
      [raw([0, 0, 2, 3], pixels('123456')), copy([0, 0, 2, 3], 1, 0)],
      false,
    ],
    ['not from a size that is gone', [NINE, resize(3, 3), copy([0, 0, 3, 3], 0, 0)], false],
  ])('%s (RFC 6143 §7.7.2)', async (_, rectangles, isRight) => {
    const showing = shown(rectangles);
    if (isRight) expect(await showing).toEqual([1, 2, 3, 4, 5, 6, 4, 5, 6]);
    else await expect(showing).rejects.toThrow('copies pixels that were never painted');
  });
});

describe('more than the connection reads at once is', () => {
  /** Every pixel is its own place. */
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
  ])('read in pieces, %i×%i', async (width, height) => {
    const area = [0, 0, width, height] as const;
    expect(await shown([raw(area, counted(width * height, 4))], [width, height])).toEqual(
      upTo(width * height),
    );
  });

  test('inflated in pieces, also where a tile of the largest size lies between two', async () => {
    // Runs of one pixel each: 16,385 bytes for a tile, and the fourth ends four bytes after 64 KiB.
    const run = hex('030201 00');
    const tile = join(hex('80'), ...Array(64 * 64).fill(run));
    const area = [0, 0, 128, 128] as const;
    const data = zrle(area, join(tile, tile, tile, tile));
    expect(new Set(await shown([data], [128, 128]))).toEqual(new Set([0x010203]));
  });

  test('compressed in pieces', async () => {
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

test('tiles go from left to right and from top to bottom, the last ones smaller (RFC 6143 §7.7.6)', async () => {
  const solids = [1, 2, 3, 4, 5, 6].map((digit) => join(hex('01'), colours(String(digit))));
  const below = raw([0, 70, 130, 2], Buffer.alloc(130 * 2 * 4));
  const seen = await shown([below, zrle([0, 0, 130, 70], join(...solids))], [130, 72]);
  const tileAt = (column: number, row: number) =>
    row < 70 ? 1 + Math.floor(column / 64) + 3 * Math.floor(row / 64) : 0;
  expect(seen).toEqual(
    Array.from({ length: 130 * 72 }, (_, index) => tileAt(index % 130, Math.floor(index / 130))),
  );
});

describe('for 8×8 pixels a tile may take', () => {
  /** One run, stored, then blocks without data (RFC 1951 §3.2.4), of 5 bytes each. */
  const data = (blocks: number) =>
    join(
      deflateSync(hex('80 332211 3f'), { level: 0, finishFlush: constants.Z_SYNC_FLUSH }),
      ...Array(blocks).fill(hex('00 0000 ffff')),
    );
  const area = [0, 0, 8, 8] as const;

  test('twice the bytes of plain pixels and 64 KiB', async () => {
    const most = data(13_181);
    expect(most).toHaveLength(2 * (8 * 8 * 3 + 1) + 65_536);
    expect(await shown([zrleData(area, most)], [8, 8])).toEqual(Array(64).fill(0x112233));
  });

  test('no byte more', async () => {
    const showing = shown([zrleData(area, zeros(0), 65_923)], [8, 8]);
    await expect(showing).rejects.toThrow(ProtocolError);
    await expect(showing).rejects.toThrow('announces 65923 bytes for 8×8 pixels');
  });
});
