import {
  copy,
  cutText,
  deflate,
  greet,
  hear,
  hex,
  join,
  raw,
  rectangle,
  resize,
  serverInit,
  spoken,
  text,
  u32,
  update,
  zeros,
  zrle,
  zrleData,
} from '../rfb-parts.js';
import { ALL, broken, end, init, lost, type RfbCase, row, small, whole } from './rfb-case.js';

const MAX = 0xffffffff;
const refused = [...greet(), hex('01 01'), hear(1), u32(1)];

/** One case for each class of vulnerability that other clients had and have fixed. */
export const RECOVERED: readonly RfbCase[] = [
  row(
    'clipboard length + 1 overflows (LibVNC #247)',
    small(cutText(text('x'), MAX)),
    broken(/clipboard of 4294967295/),
  ),
  row(
    'reason length + 1 overflows (LibVNC #247)',
    [...greet('003.007'), hex('00'), u32(MAX)],
    broken(/reason of 4294967295/),
  ),
  row(
    'SecurityResult reason length + 1 overflows (LibVNC #247)',
    [...refused, u32(MAX)],
    broken(/reason of 4294967295/),
  ),
  row(
    'width × height overflows',
    small(update([rectangle([0, 0, 65_535, 65_535], 16)])),
    broken(/outside/),
  ),
  row(
    'the framebuffer size overflows (CVE-2014-6051)',
    init(serverInit(0x8000, 0x8001)),
    broken(/32768×32769/),
  ),
  row(
    'an update is outside the framebuffer (CVE-2016-9941)',
    small(update([raw(ALL), raw([0, 7, 8, 2])])),
    broken(/8×2\+0\+7/),
  ),
  row(
    'an RRE subrectangle is outside the framebuffer (CVE-2017-5581)',
    small(update([rectangle(ALL, 2, join(u32(1), zeros(4), hex('00000000 ffff ffff ffff ffff')))])),
    broken(/encoding 2,/),
  ),
  row(
    'a CoRRE rectangle has too many subrectangles (CVE-2018-20020)',
    small(update([rectangle(ALL, 4, u32(MAX))])),
    broken(/encoding 4,/),
  ),
  row(
    'subrectangle count × 8 overflows (LibVNC #250)',
    small(update([rectangle(ALL, 4, u32(0x20000001))])),
    broken(/encoding 4,/),
  ),
  row(
    'an empty update repeats forever (CVE-2018-20021)',
    small({ flood: update([raw([0, 0, 0, 0])]) }),
    broken(/1000 messages/),
  ),
  row(
    'the cursor size overflows (CVE-2019-15690)',
    small(update([rectangle([0, 0, 65_535, 65_535], -239)])),
    broken(/encoding -239,/),
  ),
  row(
    'a tile buffer is used after return (CVE-2019-15691)',
    small(update([zrle(ALL, hex('11 000000'))])),
    broken(/subencoding 17/),
  ),
  row(
    'CopyRect reads outside the framebuffer (CVE-2019-15692)',
    small(update([raw(ALL), copy([4, 4, 4, 4], 5, 5)])),
    broken(/4×4\+5\+5/),
  ),
  row(
    'a Tight gradient filter writes past its row (CVE-2019-15693)',
    small(update([rectangle(ALL, 7, hex('40 02'))])),
    broken(/encoding 7,/),
  ),
  row(
    'a length is read as negative (CVE-2019-15694)',
    small(update([zrleData(ALL, deflate(hex('01 332211')), 0x80000001)])),
    broken(/2147483649/),
  ),
  row(
    'a cursor is wider than its mask (CVE-2019-15695)',
    small(update([rectangle([0, 0, 0x4000, 0x4000], -240)])),
    broken(/encoding -240,/),
  ),
  row(
    'a half-closed connection is read forever (CVE-2020-14398)',
    small(update([raw([0, 0, 8, 4])], 2), end),
    lost,
  ),
  row(
    'a text chat has no size limit (CVE-2020-14405)',
    small(join(hex('0b 000000'), u32(MAX))),
    broken(/type 11/),
  ),
  row('a name has no limit (TigerVNC)', init(serverInit(8, 8, u32(0x7fffffff))), broken(/name/)),
  row(
    'a desktop name overflows a buffer (CVE-2021-42785)',
    init(serverInit(8, 8, spoken('A'.repeat(1025))), hear(54), whole),
    [8, 8],
  ),
  row(
    'only the area of a rectangle is checked (GStreamer 2026)',
    small(update([rectangle([0, 0, 4, 16], 0)])),
    broken(/outside/),
  ),
  row(
    'a resize is too large (TigerVNC 2019)',
    small(update([resize(65_535, 65_535)])),
    broken(/65535/),
  ),
  row(
    'uninitialized pixels are copied (CVE-2018-20022)',
    small(update([copy(ALL, 0, 0)])),
    broken(/never painted/),
  ),
  row(
    'the native pixel format has a colour map (CVE-2008-4770)',
    init(
      serverInit(8, 8, spoken('desk'), '08 08 00 00 0000 0000 0000 00 00 00 000000'),
      hear(54),
      join(hex('01 00 0000 0100'), zeros(1536)),
      whole,
    ),
    [8, 8],
  ),
];
