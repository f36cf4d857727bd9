import {
  desk,
  hear,
  hex,
  join,
  raw,
  serverInit,
  spoken,
  u32,
  update,
  zeros,
  zrle,
} from '../rfb-parts.js';
import { broken, drip, end, init, late, lost, type RfbCase, row, whole } from './rfb-case.js';

const named = (name: Buffer) => init(serverInit(8, 8, name), hear(54), whole);
const nameOf = (length: number) => spoken('n'.repeat(length));
const solidTiles = (count: number) => join(...Array(count).fill(hex('01 332211')));

/** Bits per pixel, depth, big-endian, true-colour, maxima, shifts. All are ignored: the client sets its own format. */
const FORMATS = [
  '08 03 00 01 0007 0007 0003 00 03 06',
  '10 10 01 01 001f 003f 001f 0b 05 00',
  '10 0f 00 01 001f 001f 001f 0a 05 00',
  '18 18 00 01 00ff 00ff 00ff 10 08 00',
  '20 18 01 01 00ff 00ff 00ff 10 08 00',
  '20 1e 00 01 03ff 03ff 03ff 14 0a 00',
  '08 08 00 00 0000 0000 0000 00 00 00',
  '00 ff 00 01 0000 0000 0000 ff ff ff',
  '07 20 07 07 ffff ffff ffff 20 40 ff',
  'ff ff ff ff ffff ffff ffff ff ff ff',
];

export const INIT: readonly RfbCase[] = [
  row('is 0×0', init(serverInit(0, 0)), broken(/0×0/)),
  row('is 0 wide', init(serverInit(0, 8)), broken(/0×8/)),
  row('is 0 high', init(serverInit(8, 0)), broken(/8×0/)),
  row('is 1×1', [...desk(1, 1), update([raw([0, 0, 1, 1])])], [1, 1]),
  row('is 65535×65535', init(serverInit(65_535, 65_535)), broken(/65535/)),
  row('is 65535×1', init(serverInit(65_535, 1)), broken(/65535×1/)),
  row('is 16385 wide', init(serverInit(16_385, 1)), broken(/16385/)),
  row('is 16385 high', init(serverInit(1, 16_385)), broken(/16385/)),
  row('is 16384 wide', [...desk(16_384, 1), update([raw([0, 0, 16_384, 1])])], [16_384, 1]),
  row('is 16384 high', [...desk(1, 16_384), update([raw([0, 0, 1, 16_384])])], [1, 16_384]),
  row('is one row taller than 8K', init(serverInit(7680, 4321)), broken(/7680×4321/)),
  row(
    'is 8K, the maximum',
    [...desk(7680, 4320), update([zrle([0, 0, 7680, 4320], solidTiles(120 * 68))])],
    [7680, 4320],
  ),
  row('has an empty name', named(spoken('')), [8, 8]),
  row('has a 1-byte name', named(nameOf(1)), [8, 8]),
  row('has a 4 KiB name', named(nameOf(4096)), [8, 8]),
  row('has a 64 KiB name', named(nameOf(65_536)), [8, 8]),
  row('has escape sequences in its name', named(spoken('\x1b[2J\x1b]0;owned\x07')), [8, 8]),
  row('has a name that is not UTF-8', named(spoken(hex('c3 28 f0 9f ff 00'))), [8, 8]),
  row('announces a name of 64 KiB + 1', init(serverInit(8, 8, u32(65_537))), broken(/65537/)),
  row('announces a name of 2 GiB', init(serverInit(8, 8, u32(0x80000000))), broken(/2147483648/)),
  row('announces a name of 4 GiB', init(serverInit(8, 8, u32(0xffffffff))), broken(/4294967295/)),
  row('sends its name slowly', init(serverInit(8, 8, u32(4000)), drip(hex('6e'))), late),
  row('closes in the middle of its name', init(serverInit(8, 8, spoken('n', 40)), end), lost),
  row('is only half sent', init(zeros(12)), late),
  ...FORMATS.map((format) =>
    row(
      `announces the pixel format ${format}`,
      init(serverInit(8, 8, spoken('desk'), `${format} 000000`), hear(54), whole),
      [8, 8],
    ),
  ),
];
