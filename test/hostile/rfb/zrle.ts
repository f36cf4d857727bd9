import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { deflate, desk, hex, join, raw, update, zeros, zrle, zrleData } from '../rfb-parts.js';
import { ALL, broken, end, late, lost, type RfbCase, row, small } from './rfb-case.js';

/** Solid, 3 bytes of colour. */
const SOLID = hex('01 332211');
const MIB = 1024 * 1024;
const one = (tiles: Buffer) => small(update([zrle(ALL, tiles)]));
const packed = (data: Buffer, length = data.length) => small(update([zrleData(ALL, data, length)]));
const UPPER = [0, 0, 8, 4] as const;
const LOWER = [0, 4, 8, 4] as const;

export const ZRLE_TILES: readonly RfbCase[] = [
  row('is solid', one(SOLID), [8, 8]),
  row('is raw', one(join(hex('00'), zeros(192))), [8, 8]),
  row('has two colours', one(join(hex('02 000000 ffffff'), zeros(8))), [8, 8]),
  row('has three colours', one(join(hex('03 000000 ffffff 112233'), zeros(16))), [8, 8]),
  row('has sixteen colours', one(join(hex('10'), zeros(48 + 32))), [8, 8]),
  row(
    'has nonzero bits in its row padding',
    [...desk(5, 2), update([zrle([0, 0, 5, 2], hex('02 000000 ffffff 07 ff'))])],
    [5, 2],
  ),
  row(
    'has an index outside its palette',
    one(join(hex('03 000000 ffffff 112233'), Buffer.alloc(16, 0xff))),
    broken(/palette/),
  ),
  ...[17, 18, 126, 127, 129].map((kind) =>
    row(
      `has the unused subencoding ${kind}`,
      one(Buffer.from([kind])),
      broken(new RegExp(`subencoding ${kind}`)),
    ),
  ),
  row('is one run', one(hex('80 112233 3f')), [8, 8]),
  row('has a run for each pixel', one(join(hex('80'), zeros(64 * 4))), [8, 8]),
  row('has a run past its end', one(hex('80 112233 40')), broken(/run/)),
  row('has a last run past its end', one(hex('80 112233 3e 112233 01')), broken(/run/)),
  row(
    'has a run length that never ends',
    one(join(hex('80 112233'), Buffer.alloc(4096, 255))),
    broken(/run/),
  ),
  row(
    'has a run of 2^31 pixels',
    one(join(hex('80 112233'), Buffer.alloc(8_421_505, 255))),
    broken(/run/),
  ),
  row(
    'is one run of 4096 pixels',
    [
      ...desk(64, 64),
      update([zrle([0, 0, 64, 64], join(hex('80 112233'), Buffer.alloc(16, 255), hex('0f')))]),
    ],
    [64, 64],
  ),
  row('has palette runs', one(hex('82 000000 ffffff 00 81 3e')), [8, 8]),
  row('has a run index outside its palette', one(hex('82 000000 ffffff 85 3f')), broken(/palette/)),
  row('has a pixel index outside its palette', one(hex('82 000000 ffffff 05')), broken(/palette/)),
  row('has a palette run past its end', one(hex('82 000000 ffffff 81 40')), broken(/run/)),
  row('has runs of a 127-colour palette', one(join(hex('ff'), zeros(381), hex('fe 3f'))), [8, 8]),
  row('has a truncated palette', one(join(hex('ff'), zeros(380))), broken(/truncated tile/)),
  row('is one byte too short', one(join(hex('00'), zeros(191))), broken(/truncated tile/)),
  row('is one byte too long', one(join(SOLID, zeros(1))), broken(/more tiles/)),
  row('is followed by an extra tile', one(join(SOLID, SOLID)), broken(/more tiles/)),
  row('has no data', packed(zeros(0)), broken(/truncated tile/)),
  row('has only a zlib header', packed(hex('78 9c')), broken(/truncated tile/)),
  row(
    'inflates to zero bytes',
    packed(join(hex('78 01'), ...Array(12_000).fill(hex('00 0000 ffff')))),
    broken(/truncated tile/),
  ),
  row('announces 4 GiB', packed(zeros(0), 0xffffffff), broken(/4294967295/)),
  row('announces 2 GiB', packed(zeros(0), 0x80000000), broken(/2147483648/)),
  row('announces one byte more than the limit', packed(zeros(0), 65_923), broken(/65923/)),
  row('announces more data than it sends', packed(deflate(SOLID), 1000), late),
  row('is cut off in its data', small(update([zrleData(ALL, hex('78 9c'), 1000)]), end), lost),
  row('is not zlib data', packed(Buffer.alloc(64, 0xff)), broken(/zlib/)),
  row('is raw deflate', packed(deflateRawSync(SOLID)), broken(/zlib/)),
  row('is gzip', packed(gzipSync(SOLID)), broken(/zlib/)),
  row('has a reserved block type', packed(hex('78 9c 07')), broken(/zlib.*block type/)),
  row(
    'has a stored block whose LEN and NLEN differ',
    packed(hex('78 01 01 0004 0004')),
    broken(/zlib.*stored/),
  ),
  row('has a distance too far back', packed(hex('78 9c 03 02 00')), broken(/zlib.*too far back/)),
  row('needs a preset dictionary', packed(hex('78 bb 00000001 0000')), broken(/zlib/)),
  row(
    'has a wrong Adler-32 checksum',
    packed(join(deflateSync(SOLID).subarray(0, -4), zeros(4))),
    broken(/zlib/),
  ),
  row('ends its zlib stream', packed(deflateSync(SOLID)), [8, 8]),
  row('is a zip bomb of 64 MiB', one(join(SOLID, zeros(64 * MIB))), broken(/more tiles/)),
  row('is a zip bomb in a raw tile', one(join(hex('00'), zeros(16 * MIB))), broken(/more tiles/)),
  row(
    'is a zip bomb in a palette tile',
    one(join(hex('02'), zeros(6 + 8 + 16 * MIB))),
    broken(/more tiles/),
  ),
  row(
    'is in a second zlib stream after the first has ended',
    small(update([zrleData(UPPER, deflateSync(SOLID)), zrleData(LOWER, deflateSync(SOLID))])),
    broken(/zlib/),
  ),
  row(
    'is in a restarted zlib stream, as Tight allows',
    small(update([zrle(UPPER, SOLID), zrle(LOWER, SOLID)])),
    broken(/zlib/),
  ),
  row(
    'is split over two rectangles',
    small(update([zrleData(UPPER, deflate(SOLID).subarray(0, 4)), raw(LOWER)])),
    broken(/truncated tile/),
  ),
  row(
    'is one of six, some smaller than 64×64',
    [...desk(130, 70), update([zrle([0, 0, 130, 70], join(...Array(6).fill(SOLID)))])],
    [130, 70],
  ),
  row(
    'is missing at the end',
    [...desk(130, 70), update([zrle([0, 0, 130, 70], join(...Array(5).fill(SOLID)))])],
    broken(/truncated tile/),
  ),
  row('is empty', small(update([zrle([0, 0, 0, 0], zeros(0)), raw(ALL)])), [8, 8]),
  row('is empty but has data', small(update([zrle([0, 0, 0, 0], SOLID)])), broken(/more tiles/)),
  row(
    'is followed by a raw rectangle',
    small(update([zrle(ALL, SOLID), raw([0, 0, 1, 1])])),
    [8, 8],
  ),
];
