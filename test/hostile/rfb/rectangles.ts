import {
  copy,
  desk,
  hear,
  hex,
  join,
  lastRect,
  raw,
  rectangle,
  resize,
  update,
  zeros,
} from '../rfb-parts.js';
import {
  ALL,
  broken,
  end,
  late,
  lost,
  type RfbCase,
  reset,
  row,
  small,
  whole,
} from './rfb-case.js';

const nothing = raw([0, 0, 0, 0]);
const times = (count: number, bytes: Buffer): Buffer[] => Array(count).fill(bytes);
/** An update with one empty rectangle at this position. */
const at = (x: number, y: number) => update([rectangle([x, y, 0, 0], 0)]);

/** Encodings that other clients request, but this one does not. */
const UNASKED = [
  ['RRE', 2],
  ['CoRRE', 4],
  ['Hextile', 5],
  ['Tight', 7],
  ['TRLE', 15],
  ['Cursor', -239],
  ['XCursor', -240],
  ['ExtendedDesktopSize', -308],
  ['an unknown encoding', 0x7fffffff],
  ['the lowest encoding number', -0x80000000],
] as const;

export const RECTANGLES: readonly RfbCase[] = [
  row('follows an empty update', small(update([]), hear(10), whole), [8, 8]),
  row(
    'is split over two updates',
    small(update([raw([0, 0, 8, 4])]), hear(10), update([raw([0, 4, 8, 4])])),
    [8, 8],
  ),
  row(
    'follows two empty rectangles',
    small(update([raw([8, 8, 0, 0]), raw([0, 0, 0, 8]), raw(ALL)])),
    [8, 8],
  ),
  row('follows 65534 empty ones', small(update([...times(65_534, nothing), raw(ALL)])), [8, 8]),
  row('follows endless empty updates', small({ flood: update([]) }), broken(/1000 messages/)),
  row(
    'is empty, 65535 times per update, forever',
    small({ flood: update(times(65_535, nothing)) }),
    broken(/1000000 rectangles/),
  ),
  row(
    'is an endless zero-width CopyRect',
    [...desk(1, 16_384), { flood: update(times(65_535, copy([0, 0, 0, 16_384], 0, 0))) }],
    broken(/1000000 rectangles/),
  ),
  row('leaves one pixel unpainted', small(update([raw([0, 0, 8, 7]), raw([0, 7, 7, 1])])), late),
  row('is a pixel too far right', small(update([rectangle([1, 0, 8, 8], 0)])), broken(/8×8\+1\+0/)),
  row('is a pixel too low', small(update([rectangle([0, 1, 8, 8], 0)])), broken(/8×8\+0\+1/)),
  row('is a pixel too wide', small(update([rectangle([0, 0, 9, 8], 0)])), broken(/9×8/)),
  row('is a pixel too high', small(update([rectangle([0, 0, 8, 9], 0)])), broken(/8×9/)),
  row('is empty and right of the framebuffer', small(at(9, 0)), broken(/0×0\+9\+0/)),
  row('is empty and below the framebuffer', small(at(0, 9)), broken(/0×0\+0\+9/)),
  row('is empty and at 65535,65535', small(at(65_535, 65_535)), broken(/outside/)),
  row('wraps at 16 bits in x', small(update([rectangle([65_535, 0, 2, 1], 0)])), broken(/outside/)),
  row('wraps at 16 bits in y', small(update([rectangle([0, 65_535, 1, 2], 0)])), broken(/outside/)),
  row(
    'is 64×1 in an 8×8 framebuffer',
    small(update([rectangle([0, 0, 64, 1], 0)])),
    broken(/64×1/),
  ),
  row('is sent four times', small(update(times(4, raw(ALL)))), [8, 8]),
  row('is sent five times', small(update(times(5, raw(ALL)))), broken(/too often/)),
  row(
    'copies itself 65000 times',
    small(update([raw([0, 0, 8, 7]), ...times(65_000, copy([0, 0, 8, 7], 0, 0))])),
    broken(/too often/),
  ),
  row('precedes LastRect', small(update([raw(ALL), lastRect()], 65_535)), [8, 8]),
  row('follows a lone LastRect', small(update([lastRect()], 65_535), hear(10), whole), [8, 8]),
  row('precedes a LastRect that is counted', small(update([raw(ALL), lastRect()], 2)), [8, 8]),
  row(
    'precedes a LastRect with coordinates',
    small(update([raw(ALL), rectangle([9, 9, 9, 9], -224)], 9)),
    [8, 8],
  ),
  row(
    'follows LastRect in the same update',
    small(update([lastRect(), raw(ALL)], 65_535), hear(10), whole),
    broken(/encoding 1431655765/),
  ),
  row('is the only one of 65535 announced', small(update([raw(ALL)], 65_535)), late),
  ...UNASKED.map(([name, encoding]) =>
    row(
      `uses ${name}, which was not requested`,
      small(update([rectangle(ALL, encoding)])),
      broken(new RegExp(`encoding ${encoding},`)),
    ),
  ),
  row('is a CopyRect', small(update([raw([0, 0, 8, 4]), copy([0, 4, 8, 4], 0, 0)])), [8, 8]),
  row('copies an overlapping area', small(update([raw(ALL), copy([0, 1, 8, 7], 0, 0)])), [8, 8]),
  row('copies its own area', small(update([raw(ALL), copy(ALL, 0, 0)])), [8, 8]),
  row('copies past the right edge', small(update([raw(ALL), copy(ALL, 1, 0)])), broken(/outside/)),
  row('copies past the bottom edge', small(update([raw(ALL), copy(ALL, 0, 1)])), broken(/outside/)),
  row(
    'copies from 65535,65535',
    small(update([raw(ALL), copy([0, 0, 1, 1], 65_535, 65_535)])),
    broken(/outside/),
  ),
  row(
    'is empty and copies from outside the framebuffer',
    small(update([copy([0, 0, 0, 0], 9, 9)])),
    broken(/0×0\+9\+9/),
  ),
  row(
    'copies unpainted pixels',
    small(update([copy([0, 0, 4, 8], 4, 0)])),
    broken(/never painted/),
  ),
  row(
    'copies pixels from before a resize',
    small(update([raw(ALL), resize(8, 8), copy([0, 0, 4, 8], 4, 0)])),
    broken(/never painted/),
  ),
  row('is a truncated CopyRect', small(update([rectangle([0, 0, 1, 1], 1, hex('0000'))])), late),
  row(
    'follows a resize to a larger size',
    small(update([resize(9, 9)]), hear(10), update([raw([0, 0, 9, 9])])),
    [9, 9],
  ),
  row(
    'follows a resize to the same size',
    small(update([raw(ALL), resize(8, 8)]), hear(10), whole),
    [8, 8],
  ),
  row(
    'follows a resize to a smaller size',
    small(update([raw(ALL), resize(4, 4), raw([0, 0, 4, 4])])),
    [4, 4],
  ),
  row(
    'exceeds the smaller size after a resize',
    small(update([resize(4, 4), rectangle(ALL, 0)])),
    broken(/outside/),
  ),
  row('is a resize to 0×0', small(update([resize(0, 0)])), broken(/0×0/)),
  row('is a resize to 16384×16384', small(update([resize(16_384, 16_384)])), broken(/16384/)),
  row('is a resize to one row over 8K', small(update([resize(7680, 4321)])), broken(/7680×4321/)),
  row(
    'follows eight resizes',
    small(update([...times(7, resize(7680, 4320)), resize(8, 8), raw(ALL)])),
    [8, 8],
  ),
  row(
    'follows nine resizes',
    small(update([...times(8, resize(7680, 4320)), resize(8, 8), raw(ALL)])),
    broken(/resizes too often/),
  ),
  row(
    'is an endless resize',
    small({ flood: update([resize(4096, 4096)]) }),
    broken(/resizes too often/),
  ),
  row('has fewer pixels than its size', small(update([raw(ALL, zeros(255))])), late),
  row(
    'has more pixels than its size',
    small(update([raw([0, 0, 8, 4], Buffer.alloc(129, 0x55)), raw([0, 4, 8, 4])])),
    broken(/encoding 67108864/),
  ),
  row('is cut off by a close in its pixels', small(update([raw(ALL, zeros(100))]), end), lost),
  row('is cut off by a reset in its header', small(hex('00 00 0001 0000 00'), reset), lost),
  row('is followed by more updates', small(join(whole, whole, whole)), [8, 8]),
  row('is 2×3 in a 3×2 framebuffer', [...desk(3, 2), update([raw([0, 0, 2, 3])])], broken(/2×3/)),
];
